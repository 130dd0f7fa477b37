import os


class Error(OSError):
    pass


def which(cmd, mode=1, path=None):
    from _drydock.kernel import ask
    return ask('which', cmd, path or os.environ.get('PATH'))


def copyfile(src, dst):
    with open(src, 'rb') as f:
        data = f.read()
    with open(dst, 'wb') as f:
        f.write(data)
    return dst


def copy(src, dst):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    copyfile(src, dst)
    os.chmod(dst, os.stat(src).st_mode & 0o7777)
    return dst


copy2 = copy


def copytree(src, dst, dirs_exist_ok=False, **kw):
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    for entry in os.scandir(src):
        to = os.path.join(dst, entry.name)
        copytree(entry.path, to, dirs_exist_ok) if entry.is_dir() else copy(entry.path, to)
    return dst


def rmtree(path, ignore_errors=False, onerror=None):
    try:
        for entry in os.scandir(path):
            if entry.is_dir(follow_symlinks=False):
                rmtree(entry.path)
            else:
                os.unlink(entry.path)
        os.rmdir(path)
    except OSError:
        if not ignore_errors:
            raise


def move(src, dst):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    os.rename(src, dst)
    return dst


def get_terminal_size(fallback=(80, 24)):
    try:
        return os.get_terminal_size()
    except OSError:
        return os.terminal_size(*fallback)


def disk_usage(path):
    from collections import namedtuple
    return namedtuple('usage', ['total', 'used', 'free'])(62725623808, 20000000000, 42725623808)
