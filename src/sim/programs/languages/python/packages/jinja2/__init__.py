"""The everyday part of Jinja2: variables with filters, if, for, set, include, extends and block."""
from markupsafe import Markup, escape
from .compiler import compile_template, Undefined


class TemplateNotFound(Exception):
    pass


class TemplateSyntaxError(Exception):
    pass


class FileSystemLoader:
    def __init__(self, searchpath):
        self.paths = [searchpath] if isinstance(searchpath, str) else list(searchpath)

    def source(self, name):
        import os
        for folder in self.paths:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path) as f:
                    return f.read()
        raise TemplateNotFound(name)


class DictLoader:
    def __init__(self, mapping):
        self.mapping = mapping

    def source(self, name):
        if name not in self.mapping:
            raise TemplateNotFound(name)
        return self.mapping[name]


class Environment:
    def __init__(self, loader=None, autoescape=False, trim_blocks=False, lstrip_blocks=False, **kw):
        self.loader = loader
        self.autoescape = autoescape
        self.globals = {'range': range, 'dict': dict}
        self.filters = dict(FILTERS)

    def from_string(self, source):
        return Template(source, self)

    def get_template(self, name):
        return Template(self.loader.source(name), self)


class Template:
    def __init__(self, source, environment=None):
        self.environment = environment or Environment()
        self._nodes = compile_template(source)

    def render(self, *args, **context):
        scope = dict(self.environment.globals)
        for a in args:
            scope.update(a)
        scope.update(context)
        out = []
        self._render(self._nodes, scope, out, {})
        return ''.join(out)

    def _render(self, nodes, scope, out, blocks):
        for node in nodes:
            if node[0] == 'extends':
                mine = dict(blocks)
                for other in nodes:
                    if other[0] == 'block' and other[1] not in mine:
                        mine[other[1]] = other[2]
                parent = self.environment.get_template(evaluate(node[1], scope, self.environment))
                parent._render(parent._nodes, scope, out, mine)
                return
        for node in nodes:
            self._node(node, scope, out, blocks)

    def _node(self, node, scope, out, blocks):
        kind = node[0]
        env = self.environment
        if kind == 'text':
            out.append(node[1])
        elif kind == 'value':
            value = evaluate(node[1], scope, env)
            if isinstance(value, Undefined):
                return
            out.append(str(escape(value)) if env.autoescape and not isinstance(value, Markup) else str(value))
        elif kind == 'if':
            for test, body in node[1]:
                if test is None or evaluate(test, scope, env):
                    self._render(body, scope, out, blocks)
                    return
        elif kind == 'for':
            self._for(node, scope, out, blocks)
        elif kind == 'set':
            scope[node[1]] = evaluate(node[2], scope, env)
        elif kind == 'block':
            self._render(blocks.get(node[1], node[2]), scope, out, blocks)
        elif kind == 'include':
            other = env.get_template(evaluate(node[1], scope, env))
            other._render(other._nodes, scope, out, {})

    def _for(self, node, scope, out, blocks):
        items = list(evaluate(node[2], scope, self.environment) or [])
        if not items:
            self._render(node[4], scope, out, blocks)
            return
        inner = dict(scope)
        for i, item in enumerate(items):
            if len(node[1]) == 1:
                inner[node[1][0]] = item
            else:
                for name, value in zip(node[1], item):
                    inner[name] = value
            inner['loop'] = {'index': i + 1, 'index0': i, 'first': i == 0, 'last': i == len(items) - 1, 'length': len(items)}
            self._render(node[3], inner, out, blocks)


def evaluate(expression, scope, env):
    return expression(scope, env)


def _default(value, other='', boolean=False):
    return other if isinstance(value, Undefined) or (boolean and not value) else value


def _tojson(value, indent=None):
    import json
    return Markup(json.dumps(value, indent=indent))


FILTERS = {'upper': lambda v: str(v).upper(), 'lower': lambda v: str(v).lower(), 'title': lambda v: str(v).title(), 'capitalize': lambda v: str(v).capitalize(),
           'trim': lambda v: str(v).strip(), 'length': len, 'count': len, 'join': lambda v, sep='': sep.join([str(x) for x in v]), 'default': _default, 'd': _default,
           'safe': Markup, 'escape': escape, 'e': escape, 'int': int, 'float': float, 'string': str, 'list': list, 'first': lambda v: list(v)[0],
           'last': lambda v: list(v)[-1], 'sort': lambda v, reverse=False: sorted(v, reverse=reverse), 'reverse': lambda v: list(reversed(list(v))),
           'sum': sum, 'round': lambda v, n=0: round(float(v), n), 'replace': lambda v, a, b: str(v).replace(a, b), 'tojson': _tojson,
           'abs': abs, 'items': lambda v: list(v.items())}
