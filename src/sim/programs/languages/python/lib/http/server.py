import sys
import time
import socket
import socketserver
from http import _PHRASES
from http.message import Headers
from _drydock import kernel

DAYS = ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')


class HTTPServer(socketserver.TCPServer):
    allow_reuse_address = True

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)
        self.server_name = self.server_address[0]
        self.server_port = self.server_address[1]


class ThreadingHTTPServer(HTTPServer):
    daemon_threads = True


class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    server_version = 'BaseHTTP/0.6'
    sys_version = 'Python/' + sys.version.split()[0]
    protocol_version = 'HTTP/1.0'
    default_request_version = 'HTTP/0.9'
    error_content_type = 'text/html;charset=utf-8'
    responses = {code: (phrase, phrase) for code, phrase in _PHRASES.items()}

    def parse_request(self):
        self.command = None
        self.close_connection = True
        self.requestline = self.raw_requestline.decode('latin-1').rstrip('\r\n')
        words = self.requestline.split()
        if len(words) != 3 or not words[2].startswith('HTTP/'):
            self.request_version = self.default_request_version
            self.send_error(400, 'Bad request syntax (%r)' % self.requestline)
            return False
        self.command, self.path, self.request_version = words
        self.headers = Headers.read(self.rfile)
        connection = self.headers.get('Connection', '').lower()
        if self.protocol_version >= 'HTTP/1.1' and self.request_version >= 'HTTP/1.1' and connection != 'close':
            self.close_connection = False
        return True

    def handle_one_request(self):
        self.raw_requestline = self.rfile.readline()
        if not self.raw_requestline:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        method = getattr(self, 'do_' + self.command, None)
        if method is None:
            self.send_error(501, 'Unsupported method (%r)' % self.command)
            return
        method()
        self.wfile.flush()

    def handle(self):
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()

    def send_error(self, code, message=None, explain=None):
        message = message or _PHRASES.get(code, '???')
        self.log_error('code %d, message %s', code, message)
        body = ('<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n'
                '    <body>\n        <h1>Error response</h1>\n        <p>Error code: %d</p>\n        <p>Message: %s.</p>\n'
                '        <p>Error code explanation: %d - %s.</p>\n    </body>\n</html>\n') % (code, message, code, explain or _EXPLAINED.get(code, message))
        self.send_response(code, message)
        self.send_header('Connection', 'close')
        self.send_header('Content-Type', self.error_content_type)
        self.send_header('Content-Length', str(len(body.encode())))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body.encode())

    def send_response(self, code, message=None):
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header('Server', self.version_string())
        self.send_header('Date', self.date_time_string())

    def send_response_only(self, code, message=None):
        self._headers_buffer = ['%s %d %s\r\n' % (self.protocol_version, code, message if message is not None else _PHRASES.get(code, ''))]

    def send_header(self, name, value):
        self._headers_buffer.append('%s: %s\r\n' % (name, value))
        if name.lower() == 'connection':
            self.close_connection = value.lower() == 'close'

    def end_headers(self):
        self._headers_buffer.append('\r\n')
        self.flush_headers()

    def flush_headers(self):
        self.wfile.write(''.join(self._headers_buffer).encode('latin-1'))
        self._headers_buffer = []

    def log_request(self, code='-', size='-'):
        self.log_message('"%s" %s %s', self.requestline, str(int(code) if isinstance(code, int) else code), str(size))

    def log_error(self, format, *args):
        self.log_message(format, *args)

    def log_message(self, format, *args):
        sys.stderr.write('%s - - [%s] %s\n' % (self.address_string(), self.log_date_time_string(), format % args))

    def version_string(self):
        return self.server_version + ' ' + self.sys_version

    def date_time_string(self, timestamp=None):
        return time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(timestamp))

    def log_date_time_string(self):
        return time.strftime('%d/%b/%Y %H:%M:%S')

    def address_string(self):
        return self.client_address[0]


_EXPLAINED = {400: 'Bad request syntax or unsupported method', 404: 'Nothing matches the given URI', 501: 'Server does not support this operation'}


class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    server_version = 'SimpleHTTP/0.6'
    _TYPES = {'html': 'text/html', 'htm': 'text/html', 'css': 'text/css', 'js': 'text/javascript', 'json': 'application/json', 'txt': 'text/plain',
              'py': 'text/x-python', 'png': 'image/png', 'jpg': 'image/jpeg', 'svg': 'image/svg+xml', 'md': 'text/markdown'}
    directory = None

    def do_GET(self):
        import os
        from urllib.parse import unquote
        clean = unquote(self.path.split('?')[0].split('#')[0])
        path = (self.directory or os.getcwd()).rstrip('/') + os.path.normpath('/' + clean.lstrip('/'))
        if os.path.isdir(path):
            if not clean.endswith('/'):
                self.send_response(301)
                self.send_header('Location', clean + '/')
                self.send_header('Content-Length', '0')
                self.end_headers()
                return
            if not os.path.isfile(path + '/index.html'):
                return self.list_directory(path, clean)
            path = os.path.join(path, 'index.html')
        try:
            with open(path, 'rb') as f:
                data = f.read()
        except OSError:
            self.send_error(404, 'File not found')
            return
        self.send_response(200)
        self.send_header('Content-type', self.guess_type(path))
        self.send_header('Content-Length', str(len(data)))
        self.send_header('Last-Modified', self.date_time_string(os.stat(path).st_mtime))
        self.end_headers()
        if self.command == 'GET':
            self.wfile.write(data)

    do_HEAD = do_GET

    def guess_type(self, path):
        return self._TYPES.get(path.rsplit('.', 1)[-1].lower(), 'application/octet-stream')

    def list_directory(self, path, shown):
        import os
        names = sorted([n + '/' if os.path.isdir(os.path.join(path, n)) else n for n in os.listdir(path)], key=lambda n: n.lower())
        title = 'Directory listing for ' + shown
        body = ('<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>%s</title>\n</head>\n<body>\n<h1>%s</h1>\n<hr>\n<ul>\n' % (title, title)
                + ''.join(['<li><a href="%s">%s</a></li>\n' % (n, n) for n in names]) + '</ul>\n<hr>\n</body>\n</html>\n').encode()
        self.send_response(200)
        self.send_header('Content-type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
