"""Calls of the kernel, through the device. A failed one raises the subclass of OSError that CPython raises."""
import builtins

json = None
natives = None
device = None
roots = None
handlers = {}


class _Told(OSError):
    """Tells its text as CPython does."""

    def __str__(self):
        if len(self.args) < 2:
            return str(self.args[0]) if self.args else ''
        text = '[Errno %s] %s' % (self.args[0], self.args[1])
        path = getattr(self, 'filename', None)
        if path is None:
            return text
        other = getattr(self, 'filename2', None)
        return text + ': ' + repr(path) + ('' if other is None else ' -> ' + repr(other))


class BlockingIOError(_Told): pass
class ChildProcessError(_Told): pass
class ConnectionError(_Told): pass
class BrokenPipeError(ConnectionError): pass
class ConnectionAbortedError(ConnectionError): pass
class ConnectionRefusedError(ConnectionError): pass
class ConnectionResetError(ConnectionError): pass
class FileExistsError(_Told): pass
class FileNotFoundError(_Told): pass
class InterruptedError(_Told): pass
class IsADirectoryError(_Told): pass
class NotADirectoryError(_Told): pass
class PermissionError(_Told): pass
class ProcessLookupError(_Told): pass
class TimeoutError(_Told): pass

_Other = type('OSError', (_Told,), {})

CLASSES = (BlockingIOError, ChildProcessError, ConnectionError, BrokenPipeError, ConnectionAbortedError, ConnectionRefusedError,
           ConnectionResetError, FileExistsError, FileNotFoundError, InterruptedError, IsADirectoryError, NotADirectoryError,
           PermissionError, ProcessLookupError, TimeoutError)

_BY_NUMBER = {1: PermissionError, 2: FileNotFoundError, 3: ProcessLookupError, 4: InterruptedError, 10: ChildProcessError,
              11: BlockingIOError, 13: PermissionError, 17: FileExistsError, 20: NotADirectoryError, 21: IsADirectoryError,
              32: BrokenPipeError, 103: ConnectionAbortedError, 104: ConnectionResetError, 110: TimeoutError,
              111: ConnectionRefusedError}

_TEXTS = {1: 'Operation not permitted', 2: 'No such file or directory', 5: 'Input/output error', 9: 'Bad file descriptor',
          13: 'Permission denied', 17: 'File exists', 20: 'Not a directory', 21: 'Is a directory', 22: 'Invalid argument',
          24: 'Too many open files', 27: 'File too large', 28: 'No space left on device', 30: 'Read-only file system',
          32: 'Broken pipe', 36: 'File name too long', 39: 'Directory not empty', 40: 'Too many levels of symbolic links'}


def error(number, text=None, path=None, path2=None):
    """The exception for an error's number, with the attributes that CPython gives it."""
    made = _BY_NUMBER.get(number, _Other)(number, text or _TEXTS.get(number, 'Unknown error %d' % number))
    made.strerror = made.args[1]
    made.filename = path
    made.filename2 = path2
    return made


def call(name, *args, data=b''):
    """Answers with the value and the bytes. A call that a signal cuts short goes on after the signal's handler."""
    request = json.dumps([name, args]).encode() + b'\n' + data
    while True:
        told, rest = _exchange(request)
        if 'e' not in told:
            return told['v'], rest
        number, text, path = told['e']
        if number != 4:
            raise error(number, text, path)
        run_handlers()


def _exchange(request):
    device.write(request)
    answer = device.read()
    end = answer.find(b'\n')
    return json.loads(answer[:end]), answer[end + 1:]


def once(name):
    """A call that ends when a signal comes."""
    _exchange(json.dumps([name, []]).encode() + b'\n')
    run_handlers()


def run_handlers():
    for number in ask('signals'):
        handler = handlers.get(number)
        if handler:
            handler(number, None)


def ask(name, *args):
    return call(name, *args)[0]


def path_call(name, path, *args):
    """A call whose error names the path as the program gave it."""
    path = fspath(path)
    try:
        return call(name, path, *args)[0]
    except OSError as e:
        raise error(e.args[0], e.args[1], path)


def fspath(path):
    if isinstance(path, str):
        return path
    if isinstance(path, bytes):
        return path.decode()
    if hasattr(path, '__fspath__'):
        return path.__fspath__()
    raise TypeError('expected str, bytes or os.PathLike object, not ' + type(path).__name__)


def read_text(path):
    with _open(path, 'rb') as f:
        data = f.read()
    if data[:3] == b'\xef\xbb\xbf':
        data = data[3:]
    return data.decode()


_open = builtins.open


def exists(path):
    try:
        ask('stat', fspath(path))
        return True
    except OSError:
        return False


def is_directory(path):
    try:
        return ask('stat', fspath(path))[0] & 0o170000 == 0o040000
    except OSError:
        return False


def frozen(name):
    """The module of this name that comes with the interpreter, for one of ours that adds to it."""
    import sys
    path = list(sys.path)
    ours = sys.modules.pop(name, None)
    sys.path[:] = ['.frozen']
    try:
        return __import__(name)
    finally:
        sys.path[:] = path
        sys.modules[name] = ours
