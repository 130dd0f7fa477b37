"""A client of the Redis protocol."""
import socket
from urllib.parse import urlsplit

__version__ = '7.1.0'


class RedisError(Exception):
    __module__ = 'redis.exceptions'


class ConnectionError(RedisError):
    __module__ = 'redis.exceptions'


class TimeoutError(RedisError):
    __module__ = 'redis.exceptions'


class AuthenticationError(ConnectionError):
    __module__ = 'redis.exceptions'


class ResponseError(RedisError):
    __module__ = 'redis.exceptions'


class DataError(RedisError):
    __module__ = 'redis.exceptions'



class exceptions:
    pass


for _kind in (RedisError, ConnectionError, TimeoutError, AuthenticationError, ResponseError, DataError):
    setattr(exceptions, _kind.__name__, _kind)

_DEFAULTS = {'host': 'localhost', 'port': 6379, 'db': 0, 'username': None, 'password': None, 'decode_responses': False, 'socket_timeout': None}


class Redis:
    def __init__(self, host='localhost', port=6379, db=0, password=None, username=None, decode_responses=False, socket_timeout=None,
                 socket_connect_timeout=None, connection_pool=None, **kw):
        self.host, self.port, self.db, self.username, self.password = host, int(port), int(db), username, password
        self.decode = decode_responses
        self.timeout = socket_timeout or socket_connect_timeout
        self._socket = None

    @staticmethod
    def from_url(url, **kw):
        p = urlsplit(url)
        return Redis(p.hostname or 'localhost', p.port or 6379, int(p.path.strip('/') or 0), p.password, p.username, **kw)

    def _connect(self):
        try:
            self._socket = socket.create_connection((self.host, self.port), self.timeout)
        except OSError as e:
            self._socket = None
            if e.args and isinstance(e.args[0], int):
                raise ConnectionError('Error %d connecting to %s:%d. %s.' % (e.args[0], self.host, self.port, e.args[1]))
            raise TimeoutError('Timeout connecting to server')
        self._file = self._socket.makefile('rb')
        if self.password:
            self._exchange(('AUTH', self.username, self.password) if self.username else ('AUTH', self.password))
        if self.db:
            self._exchange(('SELECT', self.db))

    def _exchange(self, args):
        parts = [b'*%d\r\n' % len(args)]
        for a in args:
            if isinstance(a, bool) or a is None or isinstance(a, (dict, list, tuple)):
                raise DataError("Invalid input of type: '%s'. Convert to a bytes, string, int or float first." % type(a).__name__)
            data = a if isinstance(a, bytes) else str(a).encode()
            parts.append(b'$%d\r\n' % len(data) + data + b'\r\n')
        self._socket.sendall(b''.join(parts))
        answer = self._read()
        if isinstance(answer, ResponseError):
            raise answer
        return answer

    def execute_command(self, *args):
        if self._socket is None:
            self._connect()
        try:
            return self._exchange(args)
        except OSError as e:
            self.close()
            raise ConnectionError('Error while reading from %s:%d : %s' % (self.host, self.port, e.args))

    def _read(self):
        line = self._file.readline()
        if not line:
            self.close()
            raise ConnectionError('Connection closed by server.')
        kind, rest = line[:1], line[1:-2]
        if kind == b'+':
            return True if rest == b'OK' else rest.decode()
        if kind == b'-':
            text = rest.decode()
            if text[:6] in ('NOAUTH', 'WRONGP'):
                return AuthenticationResponse(text)
            return ResponseError(text[4:] if text.startswith('ERR ') else text)
        if kind == b':':
            return int(rest)
        if kind == b'$':
            if rest == b'-1':
                return None
            data = self._file.read(int(rest) + 2)[:-2]
            return data.decode() if self.decode else data
        if kind == b'*':
            return None if rest == b'-1' else [self._read() for _ in range(int(rest))]
        raise ConnectionError('Protocol Error')

    def close(self):
        if self._socket:
            self._socket.close()
            self._socket = None

    def ping(self):
        return self.execute_command('PING') in ('PONG', b'PONG', True)

    def set(self, name, value, ex=None, px=None, nx=False, xx=False, **kw):
        args = ['SET', name, value]
        if ex is not None:
            args += ['EX', int(ex)]
        if px is not None:
            args += ['PX', int(px)]
        if nx:
            args.append('NX')
        if xx:
            args.append('XX')
        return self.execute_command(*args)

    def setex(self, name, time, value):
        return self.execute_command('SETEX', name, time, value)

    def incr(self, name, amount=1):
        return self.execute_command('INCRBY', name, amount)

    incrby = incr

    def decr(self, name, amount=1):
        return self.execute_command('DECRBY', name, amount)

    def mget(self, *keys):
        return self.execute_command('MGET', *(keys[0] if len(keys) == 1 and isinstance(keys[0], (list, tuple)) else keys))

    def mset(self, mapping):
        return self.execute_command('MSET', *[x for i in mapping.items() for x in i])

    def keys(self, pattern='*'):
        return self.execute_command('KEYS', pattern)

    def hset(self, name, key=None, value=None, mapping=None):
        items = list((mapping or {}).items())
        if key is not None:
            items.append((key, value))
        return self.execute_command('HSET', name, *[x for i in items for x in i])

    def hgetall(self, name):
        flat = self.execute_command('HGETALL', name)
        return {flat[i]: flat[i + 1] for i in range(0, len(flat), 2)}

    def smembers(self, name):
        return set(self.execute_command('SMEMBERS', name))

    def expire(self, name, time):
        return bool(self.execute_command('EXPIRE', name, int(time)))

    def delete(self, *names):
        return self.execute_command('DEL', *names)

    def scan_iter(self, match='*'):
        return iter(self.keys(match))

    def info(self, section=None):
        text = self.execute_command('INFO', *([section] if section else []))
        text = text if isinstance(text, str) else text.decode()
        made = {}
        for line in text.split('\r\n'):
            if ':' in line and line[0] != '#':
                k, _, v = line.partition(':')
                made[k] = int(v) if v.lstrip('-').isdigit() else v
        return made

    def __setitem__(self, name, value):
        self.set(name, value)

    def __getitem__(self, name):
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __getattr__(self, name):
        """Every other command has the shape of its name: r.lpush('a', 1) is LPUSH a 1."""
        if name[0] == '_':
            raise AttributeError(name)
        return lambda *args: self.execute_command(name.upper().replace('_', ' '), *args)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class AuthenticationResponse(ResponseError):
    pass


StrictRedis = Redis
from_url = Redis.from_url


class ConnectionPool:
    def __init__(self, **kw):
        self.kw = kw
