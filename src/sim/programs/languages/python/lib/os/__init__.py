from _drydock import kernel
from _drydock.kernel import ask, path_call, fspath
from collections import namedtuple
from . import path
import sys

name = 'posix'
sep = '/'
linesep = '\n'
pathsep = ':'
curdir = '.'
pardir = '..'
extsep = '.'
altsep = None
devnull = '/dev/null'
defpath = '/bin:/usr/bin'
error = OSError
PathLike = object
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024
EX_OK = 0
WNOHANG = 1


class _Environ(dict):
    def __repr__(self):
        return 'environ(' + repr(dict(self)) + ')'

    def copy(self):
        return dict(self)


environ = _Environ()
for _k, _v in ask('environ'):
    environ[_k] = _v


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def getcwd():
    return ask('getcwd')


def chdir(path):
    path_call('chdir', path)


def listdir(path='.'):
    return [entry[0] for entry in path_call('listdir', path)]


class stat_result:
    def __init__(self, s):
        self.st_mode, self.st_ino, self.st_dev, self.st_nlink, self.st_uid, self.st_gid, self.st_size = s[:7]
        self.st_atime, self.st_mtime, self.st_ctime = [t / 1000000 for t in s[7:]]
        self.st_mtime_ns = s[8] * 1000
        self._s = s[:7] + [t // 1000000 for t in s[7:]]

    def __getitem__(self, i):
        return self._s[i]

    def __repr__(self):
        return 'os.stat_result(st_mode=%d, st_ino=%d, st_dev=%d, st_nlink=%d, st_uid=%d, st_gid=%d, st_size=%d, st_atime=%d, st_mtime=%d, st_ctime=%d)' % tuple(self._s)


def _flush():
    from _drydock import files
    files.flush_all()


def stat(path, follow_symlinks=True):
    _flush()
    return stat_result(path_call('stat' if follow_symlinks else 'lstat', path))


def lstat(path):
    return stat(path, follow_symlinks=False)


class DirEntry:
    def __init__(self, folder, name, kind):
        self.name = name
        self.path = _path_join(folder, name)
        self._kind = kind

    def is_dir(self, follow_symlinks=True):
        return path.isdir(self.path) if follow_symlinks else self._kind == 0o040000

    def is_file(self, follow_symlinks=True):
        return path.isfile(self.path) if follow_symlinks else self._kind == 0o100000

    def is_symlink(self):
        return self._kind == 0o120000

    def stat(self, follow_symlinks=True):
        return stat(self.path, follow_symlinks)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return '<DirEntry %r>' % self.name


_path_join = path.join


class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self._entries

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def close(self):
        pass


def scandir(path='.'):
    return _Scan([DirEntry(fspath(path), name, kind) for name, kind in path_call('listdir', path)])


def walk(top, topdown=True, onerror=None, followlinks=False):
    try:
        entries = path_call('listdir', top)
    except OSError as e:
        if onerror:
            onerror(e)
        return
    dirs = [n for n, k in entries if k == 0o040000]
    files = [n for n, k in entries if k != 0o040000]
    if topdown:
        yield fspath(top), dirs, files
    for d in dirs:
        for one in walk(_path_join(fspath(top), d), topdown, onerror, followlinks):
            yield one
    if not topdown:
        yield fspath(top), dirs, files


def mkdir(path, mode=0o777):
    path_call('mkdir', path, mode)


def makedirs(name, mode=0o777, exist_ok=False):
    name = fspath(name)
    head = path.dirname(name.rstrip('/'))
    if head and not path.exists(head):
        makedirs(head, mode, True)
    try:
        mkdir(name, mode)
    except FileExistsError:
        if not exist_ok or not path.isdir(name):
            raise


def rmdir(path):
    path_call('rmdir', path)


def remove(path):
    path_call('unlink', path)


unlink = remove


def removedirs(name):
    rmdir(name)


def _two(name, source, target):
    _flush()
    try:
        ask(name, fspath(source), fspath(target))
    except OSError as e:
        raise kernel.error(e.args[0], None, fspath(source), fspath(target))


def rename(source, target):
    _two('rename', source, target)


replace = rename


def symlink(source, target):
    _two('symlink', source, target)


def link(source, target):
    _two('link', source, target)


def readlink(path):
    return path_call('readlink', path)


def chmod(path, mode):
    path_call('chmod', path, mode)


def chown(path, uid, gid):
    path_call('chown', path, uid, gid)


def access(path, mode):
    try:
        return ask('access', fspath(path), mode)
    except OSError:
        return False


def utime(path, times=None):
    now = ask('time')
    a, m = (now, now) if times is None else [int(t * 1000000) for t in times]
    path_call('utimes', path, a, m)


def umask(mask):
    return ask('umask', mask)


def getpid():
    return ask('getpid')


def getppid():
    return ask('getppid')


def getuid():
    return ask('credentials')[0]


def geteuid():
    return ask('credentials')[1]


def getgid():
    return ask('credentials')[2]


def getegid():
    return ask('credentials')[3]


def getgroups():
    return ask('credentials')[4]


def getlogin():
    return environ.get('USER', 'root')


uname_result = namedtuple('uname_result', ['sysname', 'nodename', 'release', 'version', 'machine'])


def uname():
    return uname_result(*ask('uname'))


def cpu_count():
    return 2


process_cpu_count = cpu_count


def getloadavg():
    with open('/proc/loadavg') as f:
        return tuple([float(n) for n in f.read().split()[:3]])


terminal_size = namedtuple('terminal_size', ['columns', 'lines'])


def get_terminal_size(fd=1):
    try:
        return terminal_size(*ask('terminal_size', fd))
    except OSError as e:
        raise OSError(25, 'Inappropriate ioctl for device')


def isatty(fd):
    return ask('isatty', fd)


def urandom(count):
    return kernel.call('random', count)[1]


def kill(pid, signal):
    from signal import _name
    ask('kill', pid, _name(signal))


def _exit(status):
    ask('exit', status)


def abort():
    ask('kill', getpid(), 'SIGABRT')


def system(command):
    import subprocess
    status = subprocess.call(command, shell=True)
    return status << 8 if status >= 0 else -status


def popen(command, mode='r'):
    import subprocess, io
    return io.StringIO(subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True).stdout)


def read(fd, count):
    return kernel.call('read', fd, count)[1]


def write(fd, data):
    kernel.call('write', fd, data=data)
    return len(data)


def close(fd):
    ask('close', fd)


def pipe():
    return tuple(ask('pipe'))


def waitstatus_to_exitcode(status):
    return status >> 8


def fsdecode(path):
    return fspath(path)


def fsencode(path):
    return fspath(path).encode()


def strerror(number):
    return kernel._TEXTS.get(number, 'Unknown error %d' % number)


def ilistdir(path='.'):
    return iter([(name, kind, 0) for name, kind in path_call('listdir', path)])
