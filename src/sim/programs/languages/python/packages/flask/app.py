import os
import sys
import json as _json
from urllib.parse import quote, urlencode
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, abort
from .wrappers import Request, Response, jsonify
from .routing import Rule


class _Local:
    """Stands for what belongs to the request that is being handled."""

    def __init__(self, name, what):
        object.__setattr__(self, '_name', name)
        object.__setattr__(self, '_what', what)

    def _get(self):
        found = _current.get(self._name)
        if found is None:
            raise RuntimeError('Working outside of %s context.' % self._what)
        return found

    def __getattr__(self, key):
        return getattr(self._get(), key)

    def __setattr__(self, key, value):
        setattr(self._get(), key, value)

    def __bool__(self):
        return _current.get(self._name) is not None

    def __getitem__(self, key):
        return self._get()[key]

    def __setitem__(self, key, value):
        self._get()[key] = value

    def __delitem__(self, key):
        del self._get()[key]

    def __contains__(self, key):
        return key in self._get()


_current = {}
request = _Local('request', 'request')
session = _Local('session', 'request')
g = _Local('g', 'application')
current_app = _Local('app', 'application')


class _Globals:
    def get(self, name, default=None):
        return getattr(self, name, default)

    def pop(self, name, default=None):
        value = getattr(self, name, default)
        if hasattr(self, name):
            delattr(self, name)
        return value

    def __contains__(self, name):
        return hasattr(self, name)


class _Session(dict):
    modified = False
    permanent = False


class Config(dict):
    def from_object(self, thing):
        for key in dir(thing):
            if key.isupper():
                self[key] = getattr(thing, key)

    def from_mapping(self, *args, **kw):
        for a in args:
            self.update(a)
        self.update(kw)

    def from_prefixed_env(self, prefix='FLASK'):
        for key, value in os.environ.items():
            if key.startswith(prefix + '_'):
                try:
                    value = _json.loads(value)
                except ValueError:
                    pass
                self[key[len(prefix) + 1:]] = value


class _Logger:
    def __init__(self, name):
        self.name = name

    def _log(self, level, message, args):
        import time
        sys.stderr.write('[%s] %s in app: %s\n' % (time.strftime('%Y-%m-%d %H:%M:%S,000'), level, str(message) % args if args else message))

    def debug(self, message, *args):
        if current_app and current_app.debug:
            self._log('DEBUG', message, args)

    def info(self, message, *args):
        if current_app and current_app.debug:
            self._log('INFO', message, args)

    def warning(self, message, *args):
        self._log('WARNING', message, args)

    def error(self, message, *args):
        self._log('ERROR', message, args)

    critical = exception = error

    def setLevel(self, level):
        pass

    def addHandler(self, handler):
        pass


class _Routes:
    """What an application and a blueprint have in common."""

    def route(self, rule, methods=None, endpoint=None, defaults=None, strict_slashes=None):
        def register(view):
            self.add_url_rule(rule, endpoint, view, methods=methods, defaults=defaults)
            return view
        return register

    def _method(self, method):
        def route(rule, **kw):
            return self.route(rule, methods=[method], **kw)
        return route

    def get(self, rule, **kw):
        return self.route(rule, methods=['GET'], **kw)

    def post(self, rule, **kw):
        return self.route(rule, methods=['POST'], **kw)

    def put(self, rule, **kw):
        return self.route(rule, methods=['PUT'], **kw)

    def patch(self, rule, **kw):
        return self.route(rule, methods=['PATCH'], **kw)

    def delete(self, rule, **kw):
        return self.route(rule, methods=['DELETE'], **kw)

    def before_request(self, function):
        self._before.append(function)
        return function

    def after_request(self, function):
        self._after.append(function)
        return function

    def teardown_request(self, function):
        self._teardown.append(function)
        return function

    def errorhandler(self, what):
        def register(function):
            self._handlers[what] = function
            return function
        return register

    def _start(self):
        self._before, self._after, self._teardown, self._handlers = [], [], [], {}


class Blueprint(_Routes):
    def __init__(self, name, import_name, url_prefix=None, **kw):
        self.name, self.url_prefix = name, url_prefix
        self._rules = []
        self._start()

    def add_url_rule(self, rule, endpoint=None, view_func=None, **kw):
        self._rules.append((rule, endpoint or view_func.__name__, view_func, kw))


class Flask(_Routes):
    def __init__(self, import_name, static_url_path=None, static_folder='static', template_folder='templates', **kw):
        self.import_name = import_name
        main = sys.modules.get(import_name)
        self._file = getattr(main, '__file__', None)
        self.root_path = os.path.dirname(os.path.abspath(self._file)) if self._file else os.getcwd()
        self.name = os.path.splitext(os.path.basename(self._file))[0] if import_name == '__main__' and self._file else import_name
        self.static_folder = os.path.join(self.root_path, static_folder) if static_folder else None
        self.static_url_path = static_url_path or '/static'
        self.template_folder = template_folder
        self.debug = os.environ.get('FLASK_DEBUG', '') in ('1', 'true', 'True')
        self.testing = False
        self.config = Config({'DEBUG': self.debug, 'TESTING': False, 'SECRET_KEY': None})
        self.secret_key = None
        self.logger = _Logger(self.name)
        self.view_functions = {}
        self.url_map = []
        self.extensions = {}
        self.cli = _Cli()
        self._context = []
        self._jinja = None
        self._start()
        if self.static_folder:
            self.add_url_rule(self.static_url_path + '/<path:filename>', 'static', lambda filename: send_from_directory(self.static_folder, filename))

    def add_url_rule(self, rule, endpoint=None, view_func=None, methods=None, defaults=None, **kw):
        endpoint = endpoint or view_func.__name__
        if endpoint in self.view_functions and self.view_functions[endpoint] is not view_func:
            raise AssertionError('View function mapping is overwriting an existing endpoint function: ' + endpoint)
        self.view_functions[endpoint] = view_func
        self.url_map.append(Rule(rule, endpoint, methods or ['GET'], defaults))

    def register_blueprint(self, blueprint, url_prefix=None, **kw):
        prefix = url_prefix if url_prefix is not None else blueprint.url_prefix or ''
        for rule, endpoint, view, options in blueprint._rules:
            self.add_url_rule(prefix.rstrip('/') + rule if prefix else rule, blueprint.name + '.' + endpoint, view, **options)
        self._before += blueprint._before
        self._after += blueprint._after
        self._handlers.update(blueprint._handlers)

    def context_processor(self, function):
        self._context.append(function)
        return function

    def template_filter(self, name=None):
        def register(function):
            self.jinja_env.filters[name or function.__name__] = function
            return function
        return register

    def teardown_appcontext(self, function):
        self._teardown.append(function)
        return function

    @property
    def jinja_env(self):
        if self._jinja is None:
            from jinja2 import Environment, FileSystemLoader
            self._jinja = Environment(FileSystemLoader(os.path.join(self.root_path, self.template_folder)), autoescape=True)
            self._jinja.globals['url_for'] = url_for
        return self._jinja

    def app_context(self):
        return _Context(self)

    def test_request_context(self, path='/', **kw):
        return _Context(self)

    def test_client(self):
        return _Client(self)

    def wsgi_app(self, environ, start_response):
        response = self.handle(Request(environ))
        start_response(response.status, response.headers.items())
        return [response.data]

    def __call__(self, environ, start_response):
        return self.wsgi_app(environ, start_response)

    def handle(self, req):
        before = dict(_current)
        _current.update({'app': self, 'request': req, 'g': _Globals(), 'session': _load_session(req)})
        try:
            try:
                response = self._dispatch(req)
            except HTTPException as e:
                response = self._http_error(e)
            except Exception as e:
                response = self._fault(e, req)
            for function in self._after:
                response = function(response) or response
            _save_session(response)
            for function in self._teardown:
                function(None)
            return response
        finally:
            _current.clear()
            _current.update(before)

    def _dispatch(self, req):
        rule, values, allowed = None, None, []
        for candidate in self.url_map:
            found = candidate.match(req.path)
            if found is None:
                continue
            if found == 'slash':
                return Response('<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n', 308, {'Location': req.base_url + '/'})
            if req.method in candidate.methods:
                rule, values = candidate, found
                break
            allowed += candidate.methods
        if rule is None:
            if allowed:
                if req.method == 'OPTIONS':
                    return Response('', 200, {'Allow': ', '.join(sorted(set(allowed + ['OPTIONS'])))})
                e = MethodNotAllowed()
                e.valid_methods = sorted(set(allowed + ['OPTIONS']))
                raise e
            raise NotFound()
        req.url_rule, req.endpoint, req.view_args = rule, rule.endpoint, values
        for function in self._before:
            early = function()
            if early is not None:
                return make_response(early)
        return make_response(self.view_functions[rule.endpoint](**values))

    def _handler(self, e):
        if getattr(e, 'code', None) in self._handlers:
            return self._handlers[e.code]
        for kind, function in self._handlers.items():
            if not isinstance(kind, int) and isinstance(e, kind):
                return function
        return None

    def _http_error(self, e):
        if e.response is not None:
            return make_response(e.response)
        handler = self._handler(e)
        if handler:
            return make_response(handler(e))
        response = Response(e.get_body(), e.code)
        if e.valid_methods:
            response.headers['Allow'] = ', '.join(e.valid_methods)
        return response

    def _fault(self, e, req):
        handler = self._handler(e)
        if handler:
            return make_response(handler(e))
        from traceback import format_exception
        import time
        sys.stderr.write('[%s] ERROR in app: Exception on %s [%s]\n%s' % (time.strftime('%Y-%m-%d %H:%M:%S,000'), req.path, req.method, ''.join(format_exception(e))))
        if 500 in self._handlers:
            return make_response(self._handlers[500](e))
        from werkzeug.exceptions import InternalServerError
        return self._http_error(InternalServerError())

    def run(self, host=None, port=None, debug=None, load_dotenv=True, **options):
        if debug is not None:
            self.debug = bool(debug)
        print(" * Serving Flask app '%s'" % self.name)
        print(' * Debug mode: %s' % ('on' if self.debug else 'off'), flush=True)
        from werkzeug.serving import run_simple
        run_simple(host or '127.0.0.1', int(port or 5000), self, use_reloader=options.get('use_reloader', self.debug), use_debugger=self.debug)


class _Cli:
    def command(self, name=None):
        return lambda function: function


class _Context:
    def __init__(self, app):
        self._app = app

    def __enter__(self):
        self._before = dict(_current)
        _current.update({'app': self._app, 'g': _Globals()})
        return self

    def push(self):
        self.__enter__()

    def __exit__(self, *args):
        _current.clear()
        _current.update(self._before)


class _Client:
    """app.test_client()"""

    def __init__(self, app):
        self._app = app

    def open(self, path, method='GET', data=None, json=None, headers=None, query_string=None, content_type=None):
        import io
        body = b''
        if json is not None:
            body, content_type = _json.dumps(json).encode(), 'application/json'
        elif isinstance(data, dict):
            body, content_type = urlencode(data).encode(), 'application/x-www-form-urlencoded'
        elif data is not None:
            body = data.encode() if isinstance(data, str) else data
        path, _, query = path.partition('?')
        environ = {'REQUEST_METHOD': method, 'PATH_INFO': path, 'QUERY_STRING': query or (urlencode(query_string) if query_string else ''), 'wsgi.url_scheme': 'http',
                   'SERVER_NAME': 'localhost', 'REMOTE_ADDR': '127.0.0.1', 'HTTP_HOST': 'localhost', 'CONTENT_TYPE': content_type or '',
                   'CONTENT_LENGTH': str(len(body)), 'wsgi.input': io.BytesIO(body)}
        for k, v in (headers or {}).items():
            environ['HTTP_' + k.upper().replace('-', '_')] = v
        return self._app.handle(Request(environ))

    def get(self, path, **kw):
        return self.open(path, 'GET', **kw)

    def post(self, path, **kw):
        return self.open(path, 'POST', **kw)

    def put(self, path, **kw):
        return self.open(path, 'PUT', **kw)

    def patch(self, path, **kw):
        return self.open(path, 'PATCH', **kw)

    def delete(self, path, **kw):
        return self.open(path, 'DELETE', **kw)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


def make_response(*values):
    value = values[0] if len(values) == 1 else values
    status, headers = None, None
    if isinstance(value, tuple):
        if len(value) == 3:
            value, status, headers = value
        elif len(value) == 2:
            value, second = value
            if isinstance(second, (dict, list, tuple)):
                headers = second
            else:
                status = second
    if value is None:
        raise TypeError("The view function for '%s' did not return a valid response. The function either returned None or ended without a return statement." % request.endpoint)
    if isinstance(value, Response):
        response = value
    elif isinstance(value, (dict, list)):
        response = jsonify(value)
    else:
        response = Response(value)
    if status is not None:
        response.status_code = int(str(status).split()[0])
    if headers:
        response.headers.update(headers)
    return response


def redirect(location, code=302, Response=Response):
    body = '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n<p>You should be redirected automatically to the target URL: <a href="%s">%s</a>. If not, click the link.\n' % (location, location)
    return Response(body, code, {'Location': location})


def url_for(endpoint, _external=False, _anchor=None, **values):
    app = _current['app']
    if endpoint.startswith('.') and request:
        endpoint = request.endpoint.rsplit('.', 1)[0] + endpoint
    for rule in app.url_map:
        if rule.endpoint == endpoint and rule.fits(values):
            url = rule.build(values)
            return request.host_url[:-1] + url if _external and request else url
    raise RuntimeError("Could not build url for endpoint '%s'." % endpoint)


def render_template_string(*source, **context):
    return _render(current_app.jinja_env.from_string(source[0]), context)


def render_template(*name, **context):
    return _render(current_app.jinja_env.get_template(name[0]), context)


def _render(template, context):
    app = _current['app']
    scope = {'request': _current.get('request'), 'session': _current.get('session'), 'g': _current.get('g'), 'config': app.config,
             'get_flashed_messages': get_flashed_messages}
    for function in app._context:
        scope.update(function())
    scope.update(context)
    return template.render(scope)


def flash(message, category='message'):
    session._get().setdefault('_flashes', []).append([category, message])


def get_flashed_messages(with_categories=False):
    found = session._get().pop('_flashes', [])
    return [tuple(f) for f in found] if with_categories else [f[1] for f in found]


def _load_session(req):
    made = _Session()
    text = req.cookies.get('session')
    if text:
        import binascii
        try:
            made.update(_json.loads(binascii.a2b_base64(text.split('.')[0].replace('-', '+').replace('_', '/'))))
        except ValueError:
            pass
    made._text = _json.dumps(made)
    return made


def _save_session(response):
    now = _current['session']
    text = _json.dumps(dict(now))
    if text == now._text:
        return
    app = _current['app']
    if not (app.secret_key or app.config.get('SECRET_KEY')):
        raise RuntimeError('The session is unavailable because no secret key was set. Set the secret_key on the application to something unique and secret.')
    import binascii
    response.set_cookie('session', binascii.b2a_base64(text.encode()).decode().strip().replace('+', '-').replace('/', '_') + '.', httponly=True)


def send_from_directory(directory, path, **kw):
    full = os.path.normpath(os.path.join(directory, path))
    if not full.startswith(os.path.abspath(directory)) or not os.path.isfile(full):
        abort(404)
    return send_file(full)


def send_file(path, mimetype=None, **kw):
    from http.server import SimpleHTTPRequestHandler as handler
    with open(path, 'rb') as f:
        return Response(f.read(), mimetype=mimetype or handler._TYPES.get(path.rsplit('.', 1)[-1].lower(), 'application/octet-stream'))
