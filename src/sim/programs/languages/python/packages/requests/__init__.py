"""requests, over urllib's connection."""
import json as _json
from http.client import HTTPConnection, HTTPSConnection, HTTPException
from urllib.parse import quote, urlencode, urljoin, urlsplit

__version__ = '2.32.5'


class RequestException(OSError):
    __module__ = 'requests.exceptions'

    def __init__(self, *args, response=None, request=None):
        super().__init__(*args)
        self.response, self.request = response, request

    def __str__(self):
        return str(self.args[0]) if self.args else ''


class ConnectionError(RequestException):
    __module__ = 'requests.exceptions'


class HTTPError(RequestException):
    __module__ = 'requests.exceptions'


class Timeout(RequestException):
    __module__ = 'requests.exceptions'


class ConnectTimeout(ConnectionError):
    __module__ = 'requests.exceptions'


class ReadTimeout(Timeout):
    __module__ = 'requests.exceptions'


class TooManyRedirects(RequestException):
    __module__ = 'requests.exceptions'


class InvalidURL(RequestException):
    __module__ = 'requests.exceptions'


class MissingSchema(RequestException):
    __module__ = 'requests.exceptions'


class JSONDecodeError(RequestException):
    __module__ = 'requests.exceptions'



class exceptions:
    pass


for _kind in (RequestException, ConnectionError, HTTPError, Timeout, ConnectTimeout, ReadTimeout, TooManyRedirects, InvalidURL, MissingSchema, JSONDecodeError):
    setattr(exceptions, _kind.__name__, _kind)


class _Headers(dict):
    def __init__(self, items):
        super().__init__()
        self._lower = {}
        for k, v in items:
            self[k] = v
            self._lower[k.lower()] = v

    def __getitem__(self, key):
        return self._lower[key.lower()]

    def get(self, key, default=None):
        return self._lower.get(key.lower(), default)

    def __contains__(self, key):
        return key.lower() in self._lower


class Response:
    def __init__(self, answer, url, history):
        self.status_code = answer.status
        self.reason = answer.reason
        self.headers = _Headers(answer.headers.items())
        self.content = answer.read()
        self.url = url
        self.history = history
        self.encoding = 'utf-8'
        self.cookies = {}
        for line in answer.headers.get_all('Set-Cookie') or []:
            k, _, v = line.split(';')[0].partition('=')
            self.cookies[k] = v

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def text(self):
        return self.content.decode()

    def json(self, **kw):
        try:
            return _json.loads(self.content)
        except ValueError as e:
            raise JSONDecodeError(str(e))

    def raise_for_status(self):
        if self.status_code >= 400:
            who = 'Client' if self.status_code < 500 else 'Server'
            raise HTTPError('%d %s Error: %s for url: %s' % (self.status_code, who, self.reason, self.url), response=self)

    def iter_lines(self):
        return iter(self.content.splitlines() if hasattr(self.content, 'splitlines') else self.content.split(b'\n'))

    def __bool__(self):
        return self.ok

    def __repr__(self):
        return '<Response [%d]>' % self.status_code


def request(method, url, params=None, data=None, json=None, headers=None, cookies=None, auth=None, timeout=None, allow_redirects=True, verify=True, **kw):
    method = method.upper()
    if params:
        url += ('&' if '?' in url else '?') + (params if isinstance(params, str) else urlencode(params, True))
    sent = {'User-Agent': 'python-requests/' + __version__, 'Accept-Encoding': 'identity', 'Accept': '*/*'}
    body = None
    if json is not None:
        body = _json.dumps(json).encode()
        sent['Content-Type'] = 'application/json'
    elif isinstance(data, (dict, list, tuple)):
        body = urlencode(data, True).encode()
        sent['Content-Type'] = 'application/x-www-form-urlencoded'
    elif data is not None:
        body = data.encode() if isinstance(data, str) else data
    elif method in ('POST', 'PUT', 'PATCH'):
        body = b''
    if auth:
        import binascii
        sent['Authorization'] = 'Basic ' + binascii.b2a_base64(('%s:%s' % tuple(auth)).encode()).decode().strip()
    if cookies:
        sent['Cookie'] = '; '.join(['%s=%s' % i for i in cookies.items()])
    sent.update(headers or {})
    sent['Connection'] = 'close'
    history = []
    while True:
        answer = _once(method, url, body, sent, timeout)
        made = Response(answer, url, history)
        to = answer.headers.get('Location')
        if not (allow_redirects and to and made.status_code in (301, 302, 303, 307, 308)):
            return made
        history.append(made)
        if len(history) > 30:
            raise TooManyRedirects('Exceeded 30 redirects.')
        url = urljoin(url, to)
        if made.status_code in (301, 302, 303) and method != 'HEAD':
            method, body = 'GET', None


def _once(method, url, body, headers, timeout):
    parts = urlsplit(url)
    if parts.scheme not in ('http', 'https'):
        raise MissingSchema("Invalid URL %r: No scheme supplied. Perhaps you meant https://%s?" % (url, url))
    port = parts.port or (443 if parts.scheme == 'https' else 80)
    target = (parts.path or '/') + ('?' + parts.query if parts.query else '')
    pool = "HTTP%sConnectionPool(host='%s', port=%d)" % ('S' if parts.scheme == 'https' else '', parts.hostname, port)
    if isinstance(timeout, tuple):
        timeout = timeout[1]
    connection = (HTTPSConnection if parts.scheme == 'https' else HTTPConnection)(parts.hostname, port, timeout=timeout)
    try:
        try:
            connection.connect()
        except TimeoutError:
            raise ConnectTimeout('%s: Max retries exceeded with url: %s (Caused by ConnectTimeoutError(%s, \'Connection to %s timed out. (connect timeout=%s)\'))' % (pool, target, pool, parts.hostname, timeout))
        except OSError as e:
            reason = 'Failed to resolve \'%s\' ([Errno %d] %s)' % (parts.hostname, e.args[0], e.args[1]) if e.args[0] < 0 else 'Failed to establish a new connection: [Errno %d] %s' % (e.args[0], e.args[1])
            kind = 'NameResolutionError' if e.args[0] < 0 else 'NewConnectionError'
            raise ConnectionError('%s: Max retries exceeded with url: %s (Caused by %s("%s: %s"))' % (pool, target, kind, pool, reason))
        try:
            connection.request(method, target, body, headers)
            return connection.getresponse()
        except TimeoutError:
            raise ReadTimeout('%s: Read timed out. (read timeout=%s)' % (pool, timeout))
        except HTTPException as e:
            raise ConnectionError("('Connection aborted.', %r)" % e)
        except OSError as e:
            raise ConnectionError("('Connection aborted.', %r)" % e)
    finally:
        connection.close()


def get(url, params=None, **kw):
    return request('GET', url, params=params, **kw)


def options(url, **kw):
    return request('OPTIONS', url, **kw)


def head(url, **kw):
    kw.setdefault('allow_redirects', False)
    return request('HEAD', url, **kw)


def post(url, data=None, json=None, **kw):
    return request('POST', url, data=data, json=json, **kw)


def put(url, data=None, **kw):
    return request('PUT', url, data=data, **kw)


def patch(url, data=None, **kw):
    return request('PATCH', url, data=data, **kw)


def delete(url, **kw):
    return request('DELETE', url, **kw)


class Session:
    def __init__(self):
        self.headers = {}
        self.cookies = {}
        self.auth = None
        self.params = {}

    def request(self, method, url, headers=None, **kw):
        sent = dict(self.headers)
        sent.update(headers or {})
        made = request(method, url, headers=sent, cookies=self.cookies, **kw)
        self.cookies.update(made.cookies)
        return made

    def get(self, url, **kw):
        return self.request('GET', url, **kw)

    def post(self, url, data=None, json=None, **kw):
        return self.request('POST', url, data=data, json=json, **kw)

    def put(self, url, **kw):
        return self.request('PUT', url, **kw)

    def delete(self, url, **kw):
        return self.request('DELETE', url, **kw)

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


session = Session
