import json as _json
from http import _PHRASES
from http.message import Headers
from urllib.parse import parse_qsl
from werkzeug.exceptions import abort


class MultiDict(dict):
    """Several values for a name; [] and get give the first."""

    def __init__(self, items=()):
        super().__init__()
        self._lists = {}
        for k, v in items:
            self._lists.setdefault(k, []).append(v)
            if k not in self:
                self[k] = v

    def get(self, key, default=None, type=None):
        if key not in self:
            return default
        value = self[key]
        if type is None:
            return value
        try:
            return type(value)
        except (ValueError, TypeError):
            return default

    def getlist(self, key):
        return self._lists.get(key, [])

    def to_dict(self, flat=True):
        return dict(self) if flat else dict(self._lists)


class _Form(MultiDict):
    def __getitem__(self, key):
        if key not in self:
            abort(400)
        return super().__getitem__(key)


class Request:
    def __init__(self, environ):
        self.environ = environ
        self.method = environ['REQUEST_METHOD']
        self.path = environ['PATH_INFO'] or '/'
        self.query_string = environ['QUERY_STRING'].encode()
        self.args = MultiDict(parse_qsl(environ['QUERY_STRING'], True))
        self.headers = Headers([(k[5:].replace('_', '-').title(), v) for k, v in environ.items() if k.startswith('HTTP_')])
        for key, name in (('CONTENT_TYPE', 'Content-Type'), ('CONTENT_LENGTH', 'Content-Length')):
            if environ.get(key):
                self.headers.add(name, environ[key])
        self.content_type = environ.get('CONTENT_TYPE', '')
        self.mimetype = self.content_type.split(';')[0].strip().lower()
        self.remote_addr = environ.get('REMOTE_ADDR')
        self.scheme = environ['wsgi.url_scheme']
        self.host = environ.get('HTTP_HOST', environ['SERVER_NAME'])
        self.data = environ['wsgi.input'].read()
        self.files = MultiDict()
        self.view_args = {}
        self.endpoint = None
        self.url_rule = None
        self.form = _Form(parse_qsl(self.data.decode(), True)) if self.mimetype == 'application/x-www-form-urlencoded' else self._multipart()
        cookies = [c.strip().partition('=') for c in environ.get('HTTP_COOKIE', '').split(';') if '=' in c]
        self.cookies = MultiDict([(k, v) for k, _, v in cookies])

    def _multipart(self):
        if self.mimetype != 'multipart/form-data' or 'boundary=' not in self.content_type:
            return _Form()
        mark = b'--' + self.content_type.split('boundary=')[1].strip('"').encode()
        items = []
        for part in self.data.split(mark)[1:-1]:
            head, _, body = part.partition(b'\r\n\r\n')
            head = head.decode()
            if 'name="' in head and 'filename="' not in head:
                items.append((head.split('name="')[1].split('"')[0], body[:-2].decode()))
        return _Form(items)

    @property
    def values(self):
        return MultiDict(list(self.args.items()) + list(self.form.items()))

    @property
    def is_json(self):
        return self.mimetype == 'application/json' or self.mimetype.endswith('+json')

    @property
    def json(self):
        return self.get_json()

    def get_json(self, force=False, silent=False, cache=True):
        if not force and not self.is_json:
            if silent:
                return None
            abort(415, "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.")
        try:
            return _json.loads(self.data)
        except ValueError as e:
            if silent:
                return None
            abort(400, 'The browser (or proxy) sent a request that this server could not understand.')

    def get_data(self, cache=True, as_text=False):
        return self.data.decode() if as_text else self.data

    @property
    def full_path(self):
        return self.path + '?' + self.query_string.decode()

    @property
    def host_url(self):
        return '%s://%s/' % (self.scheme, self.host)

    @property
    def base_url(self):
        return self.host_url[:-1] + self.path

    @property
    def url(self):
        return self.base_url + ('?' + self.query_string.decode() if self.query_string else '')

    @property
    def user_agent(self):
        return self.headers.get('User-Agent', '')


class Response:
    def __init__(self, response=b'', status=200, headers=None, mimetype=None, content_type=None):
        if isinstance(response, (str, bytes, bytearray)):
            self.data = response.encode() if isinstance(response, str) else bytes(response)
        else:
            self.data = b''.join([p.encode() if isinstance(p, str) else p for p in response])
        self.headers = Headers()
        content_type = content_type or (mimetype and (mimetype + '; charset=utf-8' if mimetype.startswith('text/') else mimetype)) or 'text/html; charset=utf-8'
        self.headers.add('Content-Type', content_type)
        self.headers.add('Content-Length', str(len(self.data)))
        if headers:
            self.headers.update(headers)
        self.status_code = int(str(status).split()[0])

    @property
    def status(self):
        return '%d %s' % (self.status_code, _PHRASES.get(self.status_code, 'UNKNOWN').upper())

    @property
    def mimetype(self):
        return self.headers.get('Content-Type', '').split(';')[0]

    @property
    def is_json(self):
        return self.mimetype == 'application/json'

    @property
    def json(self):
        return _json.loads(self.data)

    def get_json(self):
        return self.json

    def get_data(self, as_text=False):
        return self.data.decode() if as_text else self.data

    @property
    def text(self):
        return self.data.decode()

    def set_cookie(self, key, value='', max_age=None, path='/', httponly=False, **kw):
        self.headers.add('Set-Cookie', '%s=%s%s%s; Path=%s' % (key, value, '; Max-Age=%d' % max_age if max_age is not None else '', '; HttpOnly' if httponly else '', path))

    def delete_cookie(self, key, path='/'):
        self.headers.add('Set-Cookie', '%s=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=%s' % (key, path))


def jsonify(*args, **kwargs):
    value = kwargs if kwargs else args[0] if len(args) == 1 else list(args) if args else {}
    from .app import current_app
    if current_app and current_app.debug:
        text = _json.dumps(value, indent=2, sort_keys=True)
    else:
        text = _json.dumps(value, separators=(',', ':'), sort_keys=True)
    return Response(text + '\n', mimetype='application/json')
