from urllib.parse import quote, urlencode


def _int(text):
    return int(text) if text.isdigit() else None


def _float(text):
    parts = text.split('.')
    return float(text) if len(parts) == 2 and parts[0].isdigit() and parts[1].isdigit() else None


def _string(text):
    return text if text and '/' not in text else None


_CONVERTERS = {'int': _int, 'float': _float, 'string': _string, 'default': _string, 'uuid': _string}


class Rule:
    """'/users/<int:id>': text and (converter, name) in turn."""

    def __init__(self, rule, endpoint, methods, defaults=None):
        self.rule = rule
        self.endpoint = endpoint
        self.defaults = defaults or {}
        self.methods = [m.upper() for m in methods]
        if 'GET' in self.methods and 'HEAD' not in self.methods:
            self.methods.append('HEAD')
        self.parts = []
        rest = rule
        while '<' in rest:
            text, _, rest = rest.partition('<')
            inside, _, rest = rest.partition('>')
            kind, colon, name = inside.partition(':')
            self.parts += [text, (kind.split('(')[0] if colon else 'string', name if colon else kind)]
        self.parts.append(rest)

    def match(self, path):
        found = self._match(path, 0, dict(self.defaults))
        if found is None and self.rule.endswith('/') and not path.endswith('/') and self._match(path + '/', 0, {}) is not None:
            return 'slash'
        return found

    def _match(self, path, at, values):
        part = self.parts[at]
        if not path.startswith(part):
            return None
        path = path[len(part):]
        if at + 1 == len(self.parts):
            return values if path == '' else None
        kind, name = self.parts[at + 1]
        after = self.parts[at + 2]
        ends = [len(path)] if after == '' and at + 3 == len(self.parts) else [i for i in range(len(path) + 1) if path.startswith(after or '/', i) or i == len(path)]
        for end in ends:
            text = path[:end]
            value = (text or None) if kind == 'path' else _CONVERTERS.get(kind, _string)(text)
            if value is not None:
                made = dict(values)
                made[name] = value
                found = self._match(path[end:], at + 2, made)
                if found is not None:
                    return found
        return None

    def names(self):
        return [p[1] for p in self.parts if isinstance(p, tuple)]

    def fits(self, values):
        return all([n in values or n in self.defaults for n in self.names()])

    def build(self, values):
        out = ''.join([p if isinstance(p, str) else quote(str(values.get(p[1], self.defaults.get(p[1])))) for p in self.parts])
        more = {k: v for k, v in values.items() if k not in self.names() and v is not None}
        return out + ('?' + urlencode(more, True) if more else '')

    def __repr__(self):
        return "<Rule '%s' (%s) -> %s>" % (self.rule, ', '.join(sorted(self.methods)), self.endpoint)
