"""The built-in encoder is used where CPython's options are at their defaults and the text is plain."""
from _drydock import kernel as _kernel

_native = _kernel.natives['json']


class JSONDecodeError(ValueError):
    __module__ = 'json.decoder'

    def __init__(self, msg, doc, pos):
        line = doc.count('\n', 0, pos) + 1
        column = pos - doc.rfind('\n', 0, pos)
        super().__init__('%s: line %d column %d (char %d)' % (msg, line, column, pos))
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, line, column


def loads(text, **kw):
    if isinstance(text, (bytes, bytearray)):
        text = text.decode()
    if not isinstance(text, str):
        raise TypeError('the JSON object must be str, bytes or bytearray, not ' + type(text).__name__)
    try:
        value = _native.loads(text)
    except ValueError:
        raise JSONDecodeError(*_fault(text))
    rest = _end(text)
    if rest is not None:
        raise JSONDecodeError('Extra data', text, rest)
    return value


def _end(text):
    """Where something follows the value, or None."""
    depth = 0
    inside = False
    i = 0
    n = len(text)
    while i < n and text[i] in ' \t\r\n':
        i += 1
    if i < n and text[i] not in '{["':
        while i < n and text[i] not in ' \t\r\n,':
            i += 1
    else:
        while i < n:
            c = text[i]
            i += 1
            if inside:
                if c == '\\':
                    i += 1
                elif c == '"':
                    inside = False
            elif c == '"':
                inside = True
            elif c in '{[':
                depth += 1
            elif c in '}]':
                depth -= 1
            if depth == 0 and not inside:
                break
    while i < n and text[i] in ' \t\r\n':
        i += 1
    return i if i < n else None


def _fault(text):
    stripped = text.lstrip()
    at = len(text) - len(stripped)
    if stripped[:1] == '{' and stripped[1:].lstrip()[:1] not in ('"', '}'):
        inner = stripped[1:]
        return 'Expecting property name enclosed in double quotes', text, at + 1 + len(inner) - len(inner.lstrip())
    return 'Expecting value', text, at


def load(fp, **kw):
    return loads(fp.read(), **kw)


_ESCAPES = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f'}


def _string(s, ascii):
    out = []
    for c in s:
        n = ord(c)
        if c in _ESCAPES:
            out.append(_ESCAPES[c])
        elif n < 32 or (ascii and n > 126 and n < 65536):
            out.append('\\u%04x' % n)
        elif ascii and n > 65535:
            n -= 65536
            out.append('\\u%04x\\u%04x' % (0xd800 + (n >> 10), 0xdc00 + (n & 1023)))
        else:
            out.append(c)
    return '"' + ''.join(out) + '"'


class JSONEncoder:
    def __init__(self, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None):
        self.ensure_ascii = ensure_ascii
        self.sort_keys = sort_keys
        self.indent = ' ' * indent if isinstance(indent, int) else indent
        self.item_separator, self.key_separator = separators or (', ' if indent is None else ',', ': ')
        if default:
            self.default = default

    def default(self, o):
        raise TypeError('Object of type %s is not JSON serializable' % type(o).__name__)

    def encode(self, o):
        return self._any(o, '\n')

    def iterencode(self, o):
        yield self.encode(o)

    def _any(self, o, line):
        if o is None:
            return 'null'
        if o is True:
            return 'true'
        if o is False:
            return 'false'
        if isinstance(o, str):
            return _string(o, self.ensure_ascii)
        if isinstance(o, int):
            return str(int(o))
        if isinstance(o, float):
            return 'NaN' if o != o else 'Infinity' if o == float('inf') else '-Infinity' if o == -float('inf') else repr(o)
        if isinstance(o, dict):
            items = list(o.items())
            if self.sort_keys:
                items.sort(key=lambda i: i[0])
            return self._group('{', '}', [self._key(k) + self.key_separator + self._any(v, line + (self.indent or '')) for k, v in items], line)
        if isinstance(o, (list, tuple)):
            return self._group('[', ']', [self._any(v, line + (self.indent or '')) for v in o], line)
        return self._any(self.default(o), line)

    def _key(self, k):
        if isinstance(k, str):
            return _string(k, self.ensure_ascii)
        if k is None or isinstance(k, (bool, int, float)):
            return '"' + self._any(k, '') + '"'
        raise TypeError('keys must be str, int, float, bool or None, not ' + type(k).__name__)

    def _group(self, begin, end, parts, line):
        if not parts:
            return begin + end
        if self.indent is None:
            return begin + self.item_separator.join(parts) + end
        inner = line + self.indent
        return begin + inner + (self.item_separator + inner).join(parts) + line + end


JSONDecoder = None


def dumps(o, cls=None, **kw):
    return (cls or JSONEncoder)(**kw).encode(o)


def dump(o, fp, **kw):
    fp.write(dumps(o, **kw))
