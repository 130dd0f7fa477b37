"""Templates and expressions as trees."""


class Undefined:
    def __init__(self, name=''):
        self._name = name

    def __str__(self):
        return ''

    def __bool__(self):
        return False

    def __iter__(self):
        return iter([])

    def __len__(self):
        return 0

    def __eq__(self, other):
        return isinstance(other, Undefined)


class UndefinedError(Exception):
    pass


def _pieces(source):
    """(kind, text): text, {{ value }} or {% tag %}; comments are gone."""
    out = []
    at = 0
    while True:
        starts = [(source.find(mark, at), mark) for mark in ('{{', '{%', '{#')]
        starts = [s for s in starts if s[0] >= 0]
        if not starts:
            out.append(('text', source[at:]))
            return out
        begin, mark = min(starts)
        close = {'{{': '}}', '{%': '%}', '{#': '#}'}[mark]
        end = source.find(close, begin)
        if end < 0:
            raise SyntaxError('unexpected end of template')
        text = source[at:begin]
        inside = source[begin + 2:end]
        if inside.startswith('-'):
            inside = inside[1:]
            text = text.rstrip()
        out.append(('text', text))
        at = end + 2
        if inside.endswith('-'):
            inside = inside[:-1]
            while at < len(source) and source[at] in ' \t\r\n':
                at += 1
        if mark == '{{':
            out.append(('value', inside.strip()))
        elif mark == '{%':
            out.append(('tag', inside.strip()))


def compile_template(source):
    pieces = _pieces(source[:-1] if source.endswith('\n') else source)
    nodes, _ = _parse(pieces, 0, ())
    return nodes


def _parse(pieces, at, ends):
    nodes = []
    while at < len(pieces):
        kind, text = pieces[at]
        at += 1
        if kind == 'text':
            if text:
                nodes.append(('text', text))
            continue
        if kind == 'value':
            nodes.append(('value', expression(text)))
            continue
        word, _, rest = text.partition(' ')
        if word in ends:
            return nodes, at - 1
        rest = rest.strip()
        if word == 'if':
            branches = []
            test = expression(rest)
            while True:
                body, at = _parse(pieces, at, ('elif', 'else', 'endif'))
                branches.append((test, body))
                word, _, rest = pieces[at][1].partition(' ')
                at += 1
                if word == 'endif':
                    break
                test = expression(rest) if word == 'elif' else None
            nodes.append(('if', branches))
        elif word == 'for':
            names, _, items = rest.partition(' in ')
            body, at = _parse(pieces, at, ('else', 'endfor'))
            other = []
            if pieces[at][1] == 'else':
                other, at = _parse(pieces, at + 1, ('endfor',))
            at += 1
            nodes.append(('for', [n.strip() for n in names.split(',')], expression(items), body, other))
        elif word == 'block':
            body, at = _parse(pieces, at, ('endblock',))
            at += 1
            nodes.append(('block', rest.strip(), body))
        elif word == 'set':
            name, _, value = rest.partition('=')
            nodes.append(('set', name.strip(), expression(value)))
        elif word in ('extends', 'include'):
            nodes.append((word, expression(rest)))
        else:
            raise SyntaxError("Encountered unknown tag '%s'." % word)
    return nodes, at


_WORDS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_'


def _tokens(text):
    out = []
    i = 0
    while i < len(text):
        c = text[i]
        if c in ' \t\r\n':
            i += 1
        elif c in '"\'':
            end = text.find(c, i + 1)
            out.append(('str', text[i + 1:end]))
            i = end + 1
        elif c in _WORDS:
            j = i
            while j < len(text) and (text[j] in _WORDS or text[j].isdigit()):
                j += 1
            out.append(('name', text[i:j]))
            i = j
        elif c.isdigit():
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == '.'):
                j += 1
            out.append(('num', text[i:j]))
            i = j
        else:
            two = text[i:i + 2]
            op = two if two in ('==', '!=', '<=', '>=', '//', '**') else c
            out.append(('op', op))
            i += len(op)
    out.append(('end', ''))
    return out


def expression(text):
    parser = _Parser(_tokens(text))
    made = parser.ternary()
    if parser.peek()[0] != 'end':
        raise SyntaxError('unexpected %r in a template' % parser.peek()[1])
    return made


class _Parser:
    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0

    def peek(self):
        return self.tokens[self.at]

    def take(self, *texts):
        if self.peek()[0] in ('op', 'name') and self.peek()[1] in texts:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def need(self, text):
        if not self.take(text):
            raise SyntaxError('expected %r in a template' % text)

    def ternary(self):
        value = self.either()
        if self.take('if'):
            test = self.either()
            other = self.ternary() if self.take('else') else (lambda s, e: Undefined())
            return lambda s, e: value(s, e) if test(s, e) else other(s, e)
        return value

    def either(self):
        left = self.both()
        while self.take('or'):
            left = _or(left, self.both())
        return left

    def both(self):
        left = self.inverse()
        while self.take('and'):
            left = _and(left, self.inverse())
        return left

    def inverse(self):
        if self.take('not'):
            value = self.inverse()
            return lambda s, e: not value(s, e)
        return self.compare()

    def compare(self):
        left = self.sum()
        while True:
            op = self.take('==', '!=', '<=', '>=', '<', '>', 'in', 'is', 'not')
            if not op:
                return left
            if op == 'is':
                negative = self.take('not')
                left = _test(left, self.tokens[self.at][1], negative)
                self.at += 1
                continue
            if op == 'not':
                self.need('in')
            left = _binary('not in' if op == 'not' else op, left, self.sum())

    def sum(self):
        left = self.product()
        while True:
            op = self.take('+', '-', '~')
            if not op:
                return left
            left = _binary(op, left, self.product())

    def product(self):
        left = self.filtered()
        while True:
            op = self.take('*', '/', '//', '%')
            if not op:
                return left
            left = _binary(op, left, self.filtered())

    def filtered(self):
        value = self.postfix()
        while self.take('|'):
            name = self.tokens[self.at][1]
            self.at += 1
            args, named = self.arguments() if self.take('(') else ([], [])
            value = _filter(value, name, args, named)
        return value

    def arguments(self):
        args, named = [], []
        while not self.take(')'):
            if self.peek()[0] == 'name' and self.tokens[self.at + 1] == ('op', '='):
                name = self.peek()[1]
                self.at += 2
                named.append((name, self.ternary()))
            else:
                args.append(self.ternary())
            self.take(',')
        return args, named

    def postfix(self):
        value = self.primary()
        while True:
            if self.take('.'):
                name = self.tokens[self.at][1]
                self.at += 1
                value = _attribute(value, name)
            elif self.take('['):
                index = self.ternary()
                self.need(']')
                value = _item(value, index)
            elif self.take('('):
                args, named = self.arguments()
                value = _call(value, args, named)
            else:
                return value

    def primary(self):
        kind, text = self.peek()
        self.at += 1
        if kind == 'str':
            return lambda s, e: text
        if kind == 'num':
            number = float(text) if '.' in text else int(text)
            return lambda s, e: number
        if kind == 'name':
            if text in _CONSTANTS:
                constant = _CONSTANTS[text]
                return lambda s, e: constant
            return lambda s, e: s[text] if text in s else Undefined(text)
        if text == '-':
            value = self.postfix()
            return lambda s, e: -value(s, e)
        if text == '(':
            value = self.ternary()
            self.need(')')
            return value
        if text == '[':
            items = []
            while not self.take(']'):
                items.append(self.ternary())
                self.take(',')
            return lambda s, e: [i(s, e) for i in items]
        raise SyntaxError('unexpected %r in a template' % text)


_CONSTANTS = {'true': True, 'True': True, 'false': False, 'False': False, 'none': None, 'None': None}


def _or(a, b):
    return lambda s, e: a(s, e) or b(s, e)


def _and(a, b):
    return lambda s, e: a(s, e) and b(s, e)


_OPS = {'==': lambda a, b: a == b, '!=': lambda a, b: a != b, '<': lambda a, b: a < b, '>': lambda a, b: a > b, '<=': lambda a, b: a <= b,
        '>=': lambda a, b: a >= b, 'in': lambda a, b: a in b, 'not in': lambda a, b: a not in b, '+': lambda a, b: a + b, '-': lambda a, b: a - b,
        '~': lambda a, b: str(a) + str(b), '*': lambda a, b: a * b, '/': lambda a, b: a / b, '//': lambda a, b: a // b, '%': lambda a, b: a % b}


def _binary(op, a, b):
    f = _OPS[op]
    return lambda s, e: f(a(s, e), b(s, e))


def _test(value, name, negative):
    tests = {'defined': lambda v: not isinstance(v, Undefined), 'undefined': lambda v: isinstance(v, Undefined), 'none': lambda v: v is None,
             'even': lambda v: v % 2 == 0, 'odd': lambda v: v % 2 == 1, 'string': lambda v: isinstance(v, str), 'number': lambda v: isinstance(v, (int, float))}
    f = tests[name]
    return lambda s, e: bool(f(value(s, e))) != bool(negative)


def _filter(value, name, args, named):
    def made(s, e):
        if name not in e.filters:
            raise SyntaxError("No filter named '%s'." % name)
        return e.filters[name](value(s, e), *[a(s, e) for a in args], **{k: v(s, e) for k, v in named})
    return made


def _attribute(value, name):
    def made(s, e):
        thing = value(s, e)
        if isinstance(thing, Undefined):
            raise UndefinedError("'%s' is undefined" % thing._name)
        if isinstance(thing, dict) and name in thing:
            return thing[name]
        return getattr(thing, name) if hasattr(thing, name) else Undefined(name)
    return made


def _item(value, index):
    def made(s, e):
        try:
            return value(s, e)[index(s, e)]
        except (KeyError, IndexError, TypeError):
            return Undefined('')
    return made


def _call(value, args, named):
    return lambda s, e: value(s, e)(*[a(s, e) for a in args], **{k: v(s, e) for k, v in named})
