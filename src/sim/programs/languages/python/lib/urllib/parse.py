from collections import namedtuple

_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~'


def quote(text, safe='/', encoding=None, errors=None):
    data = text if isinstance(text, bytes) else str(text).encode()
    return ''.join([chr(b) if chr(b) in _SAFE or chr(b) in safe else '%%%02X' % b for b in data])


def quote_plus(text, safe=''):
    return quote(text, safe + ' ').replace(' ', '+')


def unquote(text, encoding=None, errors=None):
    if '%' not in text:
        return text
    parts = text.split('%')
    out = parts[0].encode()
    for part in parts[1:]:
        try:
            out += bytes([int(part[:2], 16)]) + part[2:].encode()
        except ValueError:
            out += b'%' + part.encode()
    return out.decode()


def unquote_plus(text):
    return unquote(text.replace('+', ' '))


def urlencode(query, doseq=False):
    out = []
    for k, v in (query.items() if hasattr(query, 'items') else query):
        for one in (v if doseq and isinstance(v, (list, tuple)) else [v]):
            out.append(quote_plus(str(k)) + '=' + quote_plus(str(one)))
    return '&'.join(out)


def parse_qsl(text, keep_blank_values=False):
    out = []
    for part in text.split('&'):
        if part:
            k, eq, v = part.partition('=')
            if v or keep_blank_values:
                out.append((unquote_plus(k), unquote_plus(v)))
    return out


def parse_qs(text, keep_blank_values=False):
    out = {}
    for k, v in parse_qsl(text, keep_blank_values):
        out.setdefault(k, []).append(v)
    return out


class _Parts:
    @property
    def hostname(self):
        host = self.netloc.rsplit('@', 1)[-1]
        if host.startswith('['):
            return host[1:host.find(']')]
        return host.split(':')[0].lower() or None

    @property
    def port(self):
        host = self.netloc.rsplit('@', 1)[-1].rsplit(']', 1)[-1]
        return int(host.split(':')[1]) if ':' in host and host.split(':')[1] else None

    @property
    def username(self):
        return self.netloc.rsplit('@', 1)[0].split(':')[0] if '@' in self.netloc else None

    @property
    def password(self):
        login = self.netloc.rsplit('@', 1)[0] if '@' in self.netloc else ''
        return login.split(':', 1)[1] if ':' in login else None

    def geturl(self):
        return urlunsplit(self)

    def __iter__(self):
        return iter([getattr(self, k) for k in self._fields])

    def __getitem__(self, i):
        return getattr(self, self._fields[i])

    def __repr__(self):
        return '%s(%s)' % (type(self).__name__, ', '.join(['%s=%r' % (k, getattr(self, k)) for k in self._fields]))


class SplitResult(_Parts):
    _fields = ('scheme', 'netloc', 'path', 'query', 'fragment')

    def __init__(self, scheme, netloc, path, query, fragment):
        self.scheme, self.netloc, self.path, self.query, self.fragment = scheme, netloc, path, query, fragment


class ParseResult(_Parts):
    _fields = ('scheme', 'netloc', 'path', 'params', 'query', 'fragment')

    def __init__(self, scheme, netloc, path, params, query, fragment):
        self.scheme, self.netloc, self.path, self.params, self.query, self.fragment = scheme, netloc, path, params, query, fragment


def urlsplit(url, scheme='', allow_fragments=True):
    netloc = query = fragment = ''
    at = url.find(':')
    if at > 0 and all([c.isalpha() or c.isdigit() or c in '+-.' for c in url[:at]]) and not url[at + 1:].split('/')[0].isdigit():
        scheme, url = url[:at].lower(), url[at + 1:]
    if url.startswith('//'):
        end = len(url)
        for c in '/?#':
            found = url.find(c, 2)
            if found >= 0:
                end = min(end, found)
        netloc, url = url[2:end], url[end:]
    url, _, fragment = url.partition('#')
    url, _, query = url.partition('?')
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme='', allow_fragments=True):
    s = urlsplit(url, scheme)
    return ParseResult(s.scheme, s.netloc, s.path, '', s.query, s.fragment)


def urlunsplit(parts):
    p = list(parts)
    if len(p) == 6:
        p = p[:3] + p[4:]
    scheme, netloc, path, query, fragment = p
    url = path
    if netloc:
        url = '//' + netloc + ('' if path.startswith('/') or not path else '/') + path
    if scheme:
        url = scheme + ':' + url
    return url + ('?' + query if query else '') + ('#' + fragment if fragment else '')


urlunparse = urlunsplit


def urljoin(base, url):
    if not url:
        return base
    b, u = urlsplit(base), urlsplit(url)
    if u.scheme:
        return url
    if u.netloc:
        return b.scheme + ':' + url
    from os.path import normpath
    path = u.path or b.path
    if u.path and not u.path.startswith('/'):
        path = normpath(b.path[:b.path.rfind('/') + 1] + u.path) + ('/' if u.path.endswith('/') else '')
        path = path if path.startswith('/') else '/' + path
    return urlunsplit((b.scheme, b.netloc, path, u.query, u.fragment))
