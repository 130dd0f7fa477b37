import socket
import sys
from _drydock import kernel


class BaseRequestHandler:
    def __init__(self, request, client_address, server):
        self.request = request
        self.client_address = client_address
        self.server = server
        self.setup()
        try:
            self.handle()
        finally:
            self.finish()

    def setup(self):
        pass

    def handle(self):
        pass

    def finish(self):
        pass


class StreamRequestHandler(BaseRequestHandler):
    def setup(self):
        self.connection = self.request
        self.rfile = self.connection.makefile('rb')
        self.wfile = _Writer(self.connection)

    def finish(self):
        self.wfile.flush()


class _Writer:
    """Unbuffered, as http.server's is."""

    def __init__(self, connection):
        self._connection = connection

    def write(self, data):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        self._connection.sendall(data)
        return len(data)

    def flush(self):
        pass


class TCPServer:
    address_family = socket.AF_INET
    request_queue_size = 5
    allow_reuse_address = False
    daemon_threads = False

    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        self.server_address = server_address
        self.RequestHandlerClass = RequestHandlerClass
        self._stopped = False
        self.socket = socket.socket(self.address_family)
        if bind_and_activate:
            try:
                self.server_bind()
                self.server_activate()
            except BaseException:
                self.server_close()
                raise

    def server_bind(self):
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def server_activate(self):
        self.socket.listen(self.request_queue_size)

    def fileno(self):
        return self.socket.fileno()

    def handle_request(self):
        try:
            request, client_address = self.socket.accept()
        except OSError:
            return
        try:
            self.process_request(request, client_address)
        except Exception as e:
            self.handle_error(request, client_address, e)
        finally:
            request.close()

    def process_request(self, request, client_address):
        self.finish_request(request, client_address)

    def finish_request(self, request, client_address):
        self.RequestHandlerClass(request, client_address, self)

    def handle_error(self, request, client_address, error=None):
        from _drydock import trace
        line = '-' * 40
        sys.stderr.write('%s\nException occurred during processing of request from %r\n%s%s\n' % (
            line, client_address, ''.join(trace.format_exception(error)), line))

    def serve_forever(self, poll_interval=0.5):
        self._stopped = False
        while not self._stopped:
            self.handle_request()

    def shutdown(self):
        self._stopped = True

    def server_close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.server_close()


class ThreadingMixIn:
    daemon_threads = False


class ThreadingTCPServer(TCPServer):
    pass
