from _drydock.kernel import ask as _ask

I = IGNORECASE = 2
M = MULTILINE = 8
S = DOTALL = 16
X = VERBOSE = 64
A = ASCII = 256
U = UNICODE = 32
_MANY = 1000000


class error(Exception):
    __module__ = 're'

    def __init__(self, msg, pattern=None, pos=None):
        super().__init__(msg)
        self.msg, self.pattern, self.pos = msg, pattern, pos


PatternError = error


class Match:
    def __init__(self, pattern, text, spans, pos, endpos):
        self.re, self.string, self._spans, self.pos, self.endpos = pattern, text, spans, pos, endpos

    def _index(self, group):
        if isinstance(group, str):
            if group not in self.re.groupindex:
                raise IndexError('no such group')
            return self.re.groupindex[group]
        if not 0 <= group < len(self._spans):
            raise IndexError('no such group')
        return group

    def _text(self, group, default=None):
        span = self._spans[self._index(group)]
        return default if span is None else self.string[span[0]:span[1]]

    def group(self, *groups):
        if len(groups) > 1:
            return tuple([self._text(g) for g in groups])
        return self._text(groups[0] if groups else 0)

    def __getitem__(self, group):
        return self._text(group)

    def groups(self, default=None):
        return tuple([self._text(i, default) for i in range(1, len(self._spans))])

    def groupdict(self, default=None):
        return {name: self._text(i, default) for name, i in self.re.groupindex.items()}

    def span(self, group=0):
        span = self._spans[self._index(group)]
        return (-1, -1) if span is None else tuple(span)

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    @property
    def lastindex(self):
        found = [i for i in range(1, len(self._spans)) if self._spans[i]]
        return found[-1] if found else None

    def expand(self, template):
        return _expand(template, self)

    def __repr__(self):
        return '<re.Match object; span=%r, match=%r>' % (self.span(), self.group())


_ESCAPES = {'n': '\n', 't': '\t', 'r': '\r', '\\': '\\'}


def _expand(template, match):
    if '\\' not in template:
        return template
    out = ''
    i = 0
    while i < len(template):
        c = template[i]
        i += 1
        if c != '\\' or i >= len(template):
            out += c
            continue
        c = template[i]
        i += 1
        if c == 'g' and template[i:i + 1] == '<':
            end = template.find('>', i)
            name = template[i + 1:end]
            out += match._text(int(name) if name.isdigit() else name, '')
            i = end + 1
        elif c.isdigit():
            if template[i:i + 1].isdigit():
                c += template[i]
                i += 1
            out += match._text(int(c), '')
        else:
            out += _ESCAPES.get(c, '\\' + c)
    return out


class Pattern:
    def __init__(self, pattern, flags=0):
        self.pattern, self.flags = pattern, flags
        self._source = pattern.decode() if isinstance(pattern, bytes) else pattern
        self._flags = ('i' if flags & 2 else '') + ('m' if flags & 8 else '') + ('s' if flags & 16 else '') + ('x' if flags & 64 else '')
        told = _ask('re_compile', self._source, self._flags)
        if isinstance(told, str):
            raise error(told, pattern)
        self.groups = told[0]
        self.groupindex = {name: i for i, name in enumerate(told[1]) if name}

    def _find(self, text, pos, endpos, most, anchored=False):
        if not isinstance(text, (str, bytes)):
            raise TypeError("expected string or bytes-like object, got '%s'" % type(text).__name__)
        shown = text.decode('latin-1') if isinstance(text, bytes) else text
        if endpos is not None:
            text, shown = text[:endpos], shown[:endpos]
        return [Match(self, text, spans, pos, len(text)) for spans in _ask('re_search', self._source, self._flags, anchored, shown, pos, most)]

    def search(self, string, pos=0, endpos=None):
        found = self._find(string, pos, endpos, 1)
        return found[0] if found else None

    def match(self, string, pos=0, endpos=None):
        found = self._find(string, pos, endpos, 1, True)
        return found[0] if found else None

    def fullmatch(self, string, pos=0, endpos=None):
        return compile('(?:' + self._source + r')\Z', self.flags).match(string, pos, endpos)

    def finditer(self, string, pos=0, endpos=None):
        return iter(self._find(string, pos, endpos, _MANY))

    def findall(self, string, pos=0, endpos=None):
        found = self._find(string, pos, endpos, _MANY)
        if self.groups == 0:
            return [m.group() for m in found]
        return [m._text(1, '') if self.groups == 1 else m.groups('') for m in found]

    def subn(self, repl, string, count=0):
        out = []
        at = 0
        found = self._find(string, 0, None, count or _MANY)
        for m in found:
            out.append(string[at:m.start()])
            out.append(repl(m) if callable(repl) else _expand(repl, m))
            at = m.end()
        out.append(string[at:])
        return string[:0].join(out), len(found)

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def split(self, string, maxsplit=0):
        out = []
        at = 0
        for m in self._find(string, 0, None, maxsplit or _MANY):
            out.append(string[at:m.start()])
            out.extend(m.groups())
            at = m.end()
        out.append(string[at:])
        return out

    def __repr__(self):
        return 're.compile(%r)' % self.pattern


_kept = {}


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        return pattern
    key = (pattern, flags)
    if key not in _kept:
        if len(_kept) > 100:
            _kept.clear()
        _kept[key] = Pattern(pattern, flags)
    return _kept[key]


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def escape(text):
    return ''.join([c if c.isalpha() or c.isdigit() or c == '_' or ord(c) > 127 else '\\' + c for c in text])


def purge():
    _kept.clear()
