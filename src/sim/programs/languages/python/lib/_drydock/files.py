"""Files as open() gives them: buffered, text or bytes."""
import io
from _drydock import kernel
from _drydock.lines import Lines

_native_open = kernel._open
BLOCK = 8192
_waiting = set()


def flush_all():
    """Writes what files hold back: CPython does when the last name of an open file goes, which we do not see."""
    for file in list(_waiting):
        file.flush()


class File(Lines):
    def __init__(self, native, name, mode, fd=None):
        self._native = native
        self.name = name
        self.mode = mode
        self.encoding = 'utf-8'
        self.closed = False
        self._text = 'b' not in mode
        self._written = []
        self._waiting = 0
        self._ahead = b''
        self._fd = fd

    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file.')

    def readable(self):
        return 'r' in self.mode or '+' in self.mode

    def writable(self):
        return 'r' not in self.mode or '+' in self.mode

    def seekable(self):
        return True

    def write(self, data):
        self._check()
        if not self.writable():
            raise io.UnsupportedOperation('not writable')
        if isinstance(data, str):
            if not self._text:
                raise TypeError("a bytes-like object is required, not 'str'")
            raw = data.encode()
        else:
            if self._text and isinstance(data, bytes):
                raise TypeError('write() argument must be str, not bytes')
            raw = bytes(data)
        self._written.append(raw)
        self._waiting += len(raw)
        _waiting.add(self)
        if self._waiting >= BLOCK:
            self.flush()
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        if self._written:
            data = b''.join(self._written)
            self._written = []
            self._waiting = 0
            _waiting.discard(self)
            try:
                self._native.write(data)
            except OSError as e:
                raise kernel.error(e.args[0])

    def _readable(self):
        self._check()
        if not self.readable():
            raise io.UnsupportedOperation('not readable')
        self.flush()

    def _give(self, data):
        if not self._text:
            return data
        text = data.decode()
        return text.replace('\r\n', '\n') if '\r' in text else text

    def _more(self):
        try:
            data = self._native.read(BLOCK)
        except OSError as e:
            raise kernel.error(e.args[0])
        self._ahead += data
        return len(data) > 0

    def read(self, size=-1):
        self._readable()
        if size is None or size < 0:
            parts = [self._ahead]
            while True:
                part = self._native.read(65536)
                if not part:
                    break
                parts.append(part)
            self._ahead = b''
            return self._give(b''.join(parts))
        if self._text:
            while self._more():
                pass
            text = self._ahead.decode()
            self._ahead = text[size:].encode()
            return text[:size]
        while len(self._ahead) < size and self._more():
            pass
        data = self._ahead[:size]
        self._ahead = self._ahead[size:]
        return data

    def readinto(self, buffer):
        data = self.read(len(buffer))
        if isinstance(data, str):
            data = data.encode()
        buffer[:len(data)] = data
        return len(data)

    def readline(self, size=-1):
        self._readable()
        while True:
            at = self._ahead.find(b'\n')
            if at >= 0 or not self._more():
                break
        end = at + 1 if at >= 0 else len(self._ahead)
        line = self._ahead[:end]
        self._ahead = self._ahead[end:]
        return self._give(line)

    def readlines(self, hint=-1):
        return list(self)

    def seek(self, offset, whence=0):
        self.flush()
        if whence == 1:
            offset -= len(self._ahead)
        self._ahead = b''
        return self._native.seek(offset, whence)

    def tell(self):
        self.flush()
        return self._native.seek(0, 1) - len(self._ahead)

    def truncate(self, size=None):
        raise OSError(22, 'Invalid argument')

    def fileno(self):
        return self._fd if self._fd is not None else self._native.fileno()

    def isatty(self):
        return False

    def close(self):
        if not self.closed:
            self.flush()
            self.closed = True
            self._native.close()

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        if self._text:
            return "<_io.TextIOWrapper name=%r mode=%r encoding='UTF-8'>" % (self.name, self.mode)
        return '<_io.BufferedReader name=%r>' % (self.name,)


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    for c in mode:
        if c not in 'rwaxbt+U':
            raise ValueError('invalid mode: %r' % mode)
    if isinstance(file, int):
        return File(_native_open(file, 'r+b' if 'r' not in mode else 'rb'), file, mode, file)
    path = kernel.fspath(file)
    raw = mode.replace('t', '').replace('b', '') + 'b'
    try:
        if 'x' in mode:
            if kernel.exists(path):
                raise kernel.error(17, None, path)
            raw = raw.replace('x', 'w')
        if 'r' in mode and kernel.is_directory(path):
            raise kernel.error(21, None, path)
        flush_all()
        native = _native_open(path, raw)
    except OSError as e:
        raise kernel.error(e.args[0], None, file)
    return File(native, file, mode)
