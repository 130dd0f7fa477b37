"""The module sys."""
import sys as _sys
import io
from collections import namedtuple
from _drydock import kernel
from _drydock.lines import Lines

modules = _sys.modules
path = _sys.path
argv = _sys.argv
byteorder = _sys.byteorder
exit = _sys.exit
maxsize = 9223372036854775807
maxunicode = 1114111
platform = 'linux'
copyright = 'Copyright (c) 2001 Python Software Foundation.\nAll Rights Reserved.'
dont_write_bytecode = False
warnoptions = []
orig_argv = []
ps1 = '>>> '
ps2 = '... '
tracebacklimit = 1000
_error = [None]
float_info = namedtuple('float_info', ['max', 'min', 'epsilon'])(1.7976931348623157e308, 2.2250738585072014e-308, 2.220446049250313e-16)


class _Out(io.IOBase):
    """sys.stdout and sys.stderr."""
    encoding = 'utf-8'
    errors = 'strict'
    closed = False

    def __init__(self, native, fd, name):
        self._native = native
        self._fd = fd
        self.name = name
        self.mode = 'w'
        self.buffer = native.buffer if hasattr(native, 'buffer') else native

    def write(self, data):
        if not isinstance(data, str) and isinstance(data, (bytes, int, float)):
            raise TypeError('write() argument must be str, not ' + type(data).__name__)
        self._native.write(data)
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        kernel.ask('flush')

    def fileno(self):
        return self._fd

    def isatty(self):
        return kernel.ask('isatty', self._fd)

    def reconfigure(self, **how):
        pass

    def readable(self):
        return False

    def writable(self):
        return True


class _In(Lines):
    """sys.stdin."""
    encoding = 'utf-8'
    closed = False
    name = '<stdin>'

    def __init__(self, raw=False):
        self._ahead = b''
        self._raw = raw
        self.mode = 'r'
        self.buffer = self if raw else _In(True)

    def _more(self):
        data = kernel.call('read', 0, 65536)[1]
        self._ahead += data
        return len(data) > 0

    def _give(self, data):
        return data if self._raw else data.decode()

    def read(self, size=-1):
        while (size is None or size < 0 or len(self._ahead) < size) and self._more():
            pass
        end = len(self._ahead) if size is None or size < 0 else size
        data = self._ahead[:end]
        self._ahead = self._ahead[end:]
        return self._give(data)

    def readline(self):
        while True:
            at = self._ahead.find(b'\n')
            if at >= 0 or not self._more():
                break
        end = at + 1 if at >= 0 else len(self._ahead)
        data = self._ahead[:end]
        self._ahead = self._ahead[end:]
        return self._give(data)

    def readlines(self):
        return list(self)

    def fileno(self):
        return 0

    def isatty(self):
        return kernel.ask('isatty', 0)

    def readable(self):
        return True


stdout = __stdout__ = _Out(_sys.stdout, 1, '<stdout>')
stderr = __stderr__ = _Out(_sys.stderr, 2, '<stderr>')
stdin = __stdin__ = _In()


def print_exception(e, file=None):
    _sys.print_exception(e, file) if file else _sys.print_exception(e)


def getsizeof(thing, default=0):
    return 28 if isinstance(thing, int) else 56


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit):
    pass


def getdefaultencoding():
    return 'utf-8'


def getfilesystemencoding():
    return 'utf-8'


def exc_info():
    e = _error[0]
    return (type(e), e, None) if e else (None, None, None)


def intern(text):
    return text


def getrefcount(thing):
    return 2


def fill(job, lib):
    """What follows from the version of the image."""
    global version, version_info, hexversion, executable, prefix, exec_prefix, base_prefix, implementation, flags
    numbers = [int(n) for n in job['version'].split('.')]
    compiler = '[GCC 14.2.0]'
    version = job['version'] + ' (main, Jan  1 2026, 00:00:00) ' + compiler
    version_info = namedtuple('version_info', ['major', 'minor', 'micro', 'releaselevel', 'serial'])(
        numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 0, 'final', 0)
    hexversion = numbers[0] << 24 | numbers[1] << 16 | (numbers[2] if len(numbers) > 2 else 0) << 8 | 0xf0
    executable = job['executable']
    prefix = exec_prefix = base_prefix = job['prefix']
    implementation = namedtuple('implementation', ['name', 'cache_tag', 'version'])('cpython', 'cpython-%d%d' % (numbers[0], numbers[1]), version_info)
    packages = lib + '/site-packages' if job['prefix'] == '/usr/local' else '/usr/lib/python3/dist-packages'
    path[:] = [job['prefix'] + '/lib/python%d%d.zip' % (numbers[0], numbers[1]), lib, lib + '/lib-dynload', packages, '.frozen']
    for more in reversed((job.get('path') or '').split(':')):
        if more:
            path.insert(0, more)
    if job.get('venv'):
        prefix = exec_prefix = job['venv']
        path.insert(3, job['venv'] + lib[len(job['prefix']):] + '/site-packages')
