from _drydock import kernel
from _drydock.kernel import ask, call
from _drydock.lines import Lines

AF_UNIX, AF_INET, AF_INET6, AF_UNSPEC = 1, 2, 10, 0
SOCK_STREAM, SOCK_DGRAM = 1, 2
SOL_SOCKET, SO_REUSEADDR, SO_KEEPALIVE, SO_REUSEPORT, SO_BROADCAST = 1, 2, 9, 15, 6
IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IP, TCP_NODELAY = 6, 17, 0, 1
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
SOMAXCONN = 4096
INADDR_ANY = 0
error = OSError
timeout = kernel.TimeoutError
_default_timeout = None
_OPTIONS = {SO_REUSEADDR: 'SO_REUSEADDR', SO_KEEPALIVE: 'SO_KEEPALIVE', SO_REUSEPORT: 'SO_REUSEPORT', SO_BROADCAST: 'SO_BROADCAST'}


class gaierror(OSError):
    pass


class herror(OSError):
    pass


def _resolve(host):
    if host in ('', '0.0.0.0'):
        return ['0.0.0.0']
    found = ask('resolve', host)
    if isinstance(found, int):
        e = gaierror(found, 'Temporary failure in name resolution' if found == -3 else 'Name or service not known')
        e.strerror = e.args[1]
        raise e
    return found


def gethostname():
    return ask('gethostname')


def getfqdn(name=''):
    return name or gethostname()


def gethostbyname(host):
    return _resolve(host)[0]


def gethostbyname_ex(host):
    return host, [], _resolve(host)


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    return [(AF_INET, type or SOCK_STREAM, IPPROTO_TCP, '', (address, int(port or 0))) for address in _resolve(host or '0.0.0.0')]


def setdefaulttimeout(seconds):
    global _default_timeout
    _default_timeout = seconds


def getdefaulttimeout():
    return _default_timeout


def inet_aton(text):
    return bytes([int(n) for n in text.split('.')])


def inet_ntoa(data):
    return '.'.join([str(n) for n in data])


def htons(n):
    return (n & 255) << 8 | n >> 8


ntohs = htons


class socket:
    def __init__(self, family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None):
        self.family = family
        self.type = type
        self.proto = proto
        self._timeout = _default_timeout
        self._closed = False
        self._files = 0
        self._peer = None
        self._fd = fileno if fileno is not None else ask(
            'socket', 'unix' if family == AF_UNIX else 'inet', 'stream' if type == SOCK_STREAM else 'dgram')

    def _address(self, address):
        if self.family == AF_UNIX:
            return address
        host, port = address[0], address[1]
        if not isinstance(port, int):
            raise TypeError("'str' object cannot be interpreted as an integer")
        return [_resolve(host)[0], port]

    def _wait(self, write=False):
        if self._timeout is None:
            return
        fds = ([], [self._fd]) if write else ([self._fd], [])
        ready = ask('poll', fds[0], fds[1], int(self._timeout * 1000000))
        if not ready[0] and not ready[1]:
            if self._timeout == 0:
                raise kernel.error(11, 'Resource temporarily unavailable')
            raise kernel.TimeoutError('timed out')

    def bind(self, address):
        try:
            ask('bind', self._fd, self._address(address))
        except OSError as e:
            raise kernel.error(e.args[0], e.args[1])

    def listen(self, backlog=128):
        ask('listen', self._fd, backlog)

    def accept(self):
        self._wait()
        fd, peer = ask('accept', self._fd)
        made = socket(self.family, self.type, 0, fd)
        made._peer = peer if isinstance(peer, str) else tuple(peer)
        return made, made._peer

    def connect(self, address):
        ask('connect', self._fd, self._address(address))

    def connect_ex(self, address):
        try:
            self.connect(address)
            return 0
        except OSError as e:
            return e.args[0]

    def send(self, data, flags=0):
        return call('send', self._fd, data=bytes(data))[0]

    def sendall(self, data, flags=0):
        call('send', self._fd, data=bytes(data))

    def recv(self, count, flags=0):
        self._wait()
        return call('recv', self._fd, count)[1]

    def recv_into(self, buffer, count=0):
        data = self.recv(count or len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def sendto(self, data, *args):
        return call('sendto', self._fd, self._address(args[-1]), data=bytes(data))[0]

    def recvfrom(self, count, flags=0):
        self._wait()
        peer, data = call('recvfrom', self._fd, count)
        return data, tuple(peer) if isinstance(peer, list) else peer

    def settimeout(self, seconds):
        self._timeout = seconds

    def gettimeout(self):
        return self._timeout

    def setblocking(self, on):
        self._timeout = None if on else 0

    def setsockopt(self, level, option, value):
        if level == SOL_SOCKET and option in _OPTIONS:
            ask('setsockopt', self._fd, _OPTIONS[option], value)

    def getsockopt(self, level, option):
        return 0

    def getsockname(self):
        name = ask('getsockname', self._fd)
        return name if isinstance(name, str) else tuple(name)

    def getpeername(self):
        name = ask('getpeername', self._fd)
        return name if isinstance(name, str) else tuple(name)

    def shutdown(self, how):
        ask('shutdown', self._fd, ('read', 'write', 'both')[how])

    def fileno(self):
        return -1 if self._closed else self._fd

    def makefile(self, mode='r', buffering=-1, encoding=None, newline=None):
        self._files += 1
        return SocketFile(self, mode)

    def detach(self):
        self._closed = True
        return self._fd

    def close(self):
        if not self._closed:
            self._closed = True
            ask('close', self._fd)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class SocketFile(Lines):
    """A connection as a file."""

    def __init__(self, connection, mode):
        self._socket = connection
        self._text = 'b' not in mode
        self._ahead = b''
        self._out = []
        self.closed = False

    def _more(self):
        data = self._socket.recv(65536)
        self._ahead += data
        return len(data) > 0

    def _take(self, count):
        data = self._ahead[:count]
        self._ahead = self._ahead[count:]
        return data.decode() if self._text else data

    def read(self, size=-1):
        while (size is None or size < 0 or len(self._ahead) < size) and self._more():
            pass
        return self._take(len(self._ahead) if size is None or size < 0 else size)

    def readline(self, limit=-1):
        while b'\n' not in self._ahead and self._more():
            pass
        at = self._ahead.find(b'\n')
        return self._take(at + 1 if at >= 0 else len(self._ahead))

    def write(self, data):
        self._out.append(data.encode() if isinstance(data, str) else bytes(data))
        return len(data)

    def flush(self):
        if self._out:
            data = b''.join(self._out)
            self._out = []
            self._socket.sendall(data)

    def close(self):
        if not self.closed:
            self.closed = True
            self.flush()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def create_connection(address, timeout=None, source_address=None):
    made = socket()
    if timeout is not None:
        made.settimeout(timeout)
    try:
        made.connect(address)
    except OSError:
        made.close()
        raise
    return made


def create_server(address, family=AF_INET, backlog=None, reuse_port=False):
    made = socket(family)
    made.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    made.bind(address)
    made.listen(backlog or 128)
    return made
