import socket
from http import _PHRASES as responses
from http.message import Headers
from _drydock import kernel


class HTTPException(Exception):
    pass


class RemoteDisconnected(HTTPException):
    pass


class HTTPResponse:
    def __init__(self, file, method):
        line = file.readline()
        if not line:
            raise RemoteDisconnected('Remote end closed connection without response')
        parts = line.decode('latin-1').rstrip('\r\n').split(' ', 2)
        self.version = 11 if parts[0] == 'HTTP/1.1' else 10
        self.status = self.code = int(parts[1])
        self.reason = self.msg = parts[2] if len(parts) > 2 else ''
        self.headers = Headers.read(file)
        self._body = b'' if method == 'HEAD' or self.status in (204, 304) else self._read(file)
        self._at = 0
        self.closed = False
        self.url = ''

    def _read(self, file):
        if self.headers.get('Transfer-Encoding', '').lower() == 'chunked':
            parts = []
            while True:
                size = int(file.readline().split(b';')[0].strip() or b'0', 16)
                if size == 0:
                    file.readline()
                    return b''.join(parts)
                parts.append(file.read(size))
                file.readline()
        length = self.headers.get('Content-Length')
        return file.read(int(length)) if length is not None else file.read()

    def read(self, amount=None):
        end = len(self._body) if amount is None or amount < 0 else self._at + amount
        data = self._body[self._at:end]
        self._at += len(data)
        return data

    def readline(self):
        end = self._body.find(b'\n', self._at) + 1 or len(self._body)
        data = self._body[self._at:end]
        self._at = end
        return data

    def __iter__(self):
        while self._at < len(self._body):
            yield self.readline()

    def getheader(self, name, default=None):
        return self.headers.get(name, default)

    def getheaders(self):
        return self.headers.items()

    def getcode(self):
        return self.status

    def geturl(self):
        return self.url

    def info(self):
        return self.headers

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class HTTPConnection:
    default_port = 80
    _tls = False

    def __init__(self, host, port=None, timeout=None, **kw):
        if port is None and ':' in host:
            host, port = host.rsplit(':', 1)
        self.host = host
        self.port = int(port or self.default_port)
        self.timeout = timeout
        self.sock = None

    def connect(self):
        self.sock = socket.create_connection((self.host, self.port), self.timeout)
        if self._tls:
            fault = kernel.ask('tls', self.sock.fileno(), self.host)
            if fault:
                from ssl import SSLCertVerificationError
                raise SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: ' + fault)

    def request(self, method, url, body=None, headers={}):
        self.method = method
        if isinstance(body, str):
            body = body.encode()
        names = [k.lower() for k in headers]
        lines = ['%s %s HTTP/1.1' % (method, url)]
        if 'host' not in names:
            lines.append('Host: ' + self.host + ('' if self.port == self.default_port else ':%d' % self.port))
        if 'accept-encoding' not in names:
            lines.append('Accept-Encoding: identity')
        if body is not None and 'content-length' not in names:
            lines.append('Content-Length: %d' % len(body))
        for k, v in headers.items():
            lines.append('%s: %s' % (k, v))
        if self.sock is None:
            self.connect()
        self.sock.sendall(('\r\n'.join(lines) + '\r\n\r\n').encode() + (body or b''))

    def getresponse(self):
        made = HTTPResponse(self.sock.makefile('rb'), self.method)
        if made.headers.get('Connection', '').lower() == 'close' or made.version == 10:
            self.close()
        return made

    def close(self):
        if self.sock:
            self.sock.close()
            self.sock = None


class HTTPSConnection(HTTPConnection):
    default_port = 443
    _tls = True
