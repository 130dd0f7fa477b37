"""The development server: it calls a WSGI application for each request."""
import io
import socket
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import unquote


class WSGIRequestHandler(BaseHTTPRequestHandler):
    server_version = 'Werkzeug/3.1.4'
    protocol_version = 'HTTP/1.1'

    def run_wsgi(self):
        status, headers, body = call(self.server.app, self)
        code, _, reason = status.partition(' ')
        self.send_response(int(code), reason)
        names = [k.lower() for k, v in headers]
        for k, v in headers:
            self.send_header(k, v)
        if 'content-length' not in names:
            self.send_header('Content-Length', str(len(body)))
        self.send_header('Connection', 'close')
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

    def handle_one_request(self):
        self.raw_requestline = self.rfile.readline()
        self.close_connection = True
        if self.raw_requestline and self.parse_request():
            self.run_wsgi()

    def log_request(self, code='-', size='-'):
        code = str(code)
        line = self.requestline
        style = {'1': '\x1b[1m', '2': '', '3': '\x1b[32m', '4': '\x1b[31m\x1b[1m'}.get(code[0], '\x1b[35m\x1b[1m')
        style = '\x1b[36m' if code == '304' else '\x1b[33m' if code == '404' else style
        log('%s - - [%s] "%s" %s %s\n' % (self.address_string(), self.log_date_time_string(), style + line + '\x1b[0m' if style else line, code, size))


def log(text):
    sys.stderr.write(text)


def call(app, handler):
    path, _, query = handler.path.partition('?')
    length = int(handler.headers.get('Content-Length') or 0)
    environ = {'REQUEST_METHOD': handler.command, 'SCRIPT_NAME': '', 'PATH_INFO': unquote(path), 'QUERY_STRING': query, 'REQUEST_URI': handler.path,
               'SERVER_NAME': handler.server.server_address[0], 'SERVER_PORT': str(handler.server.server_address[1]), 'SERVER_PROTOCOL': handler.request_version,
               'REMOTE_ADDR': handler.client_address[0], 'REMOTE_PORT': handler.client_address[1], 'wsgi.url_scheme': 'http', 'wsgi.version': (1, 0),
               'wsgi.input': io.BytesIO(handler.rfile.read(length) if length else b''), 'wsgi.errors': sys.stderr, 'wsgi.multithread': False,
               'wsgi.multiprocess': False, 'wsgi.run_once': False}
    for k, v in handler.headers.items():
        key = k.upper().replace('-', '_')
        environ[key if key in ('CONTENT_TYPE', 'CONTENT_LENGTH') else 'HTTP_' + key] = v
    told = []

    def start_response(status, headers, exc_info=None):
        told[:] = [status, headers]

    body = b''.join([part for part in app(environ, start_response)])
    return told[0], told[1], body


class _Server(HTTPServer):
    def __init__(self, host, port, app):
        self.app = app
        HTTPServer.__init__(self, (host, port), WSGIRequestHandler)


def make_server(host, port, app, **kw):
    return _Server(host, port, app)


def run_simple(hostname, port, application, use_reloader=False, use_debugger=False, **kw):
    try:
        server = _Server(hostname, port, application)
    except OSError as e:
        if e.args[0] != 98:
            raise
        sys.stderr.write('Address already in use\nPort %d is in use by another program. Either identify and stop that program, or start the server with a different port.\n' % port)
        raise SystemExit(1)
    log('\x1b[31m\x1b[1mWARNING: This is a development server. Do not use it in a production deployment. Use a production WSGI server instead.\x1b[0m\n')
    if hostname in ('0.0.0.0', ''):
        log(' * Running on all addresses (0.0.0.0)\n * Running on http://127.0.0.1:%d\n * Running on http://%s:%d\n' % (port, _address(), port))
    else:
        log(' * Running on http://%s:%d\n' % (hostname, port))
    log('\x1b[33mPress CTRL+C to quit\x1b[0m\n')
    if use_reloader:
        log(' * Restarting with stat\n')
    if use_debugger:
        log(' * Debugger is active!\n * Debugger PIN: 123-456-789\n')
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def _address():
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return '127.0.0.1'
