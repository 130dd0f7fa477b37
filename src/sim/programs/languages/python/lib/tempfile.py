import os
from random import choice as _choice


def gettempdir():
    return os.environ.get('TMPDIR', '/tmp')


def _name(prefix, suffix, folder):
    return os.path.join(folder or gettempdir(), (prefix or 'tmp') + ''.join([_choice('abcdefghijklmnopqrstuvwxyz0123456789_') for _ in range(8)]) + (suffix or ''))


def mkdtemp(suffix=None, prefix=None, dir=None):
    path = _name(prefix, suffix, dir)
    os.mkdir(path, 0o700)
    return path


def mkstemp(suffix=None, prefix=None, dir=None):
    path = _name(prefix, suffix, dir)
    return open(path, 'w').fileno(), path


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None):
        self.name = mkdtemp(suffix, prefix, dir)

    def __enter__(self):
        return self.name

    def __exit__(self, *args):
        self.cleanup()

    def cleanup(self):
        import shutil
        shutil.rmtree(self.name, True)


def NamedTemporaryFile(mode='w+b', suffix=None, prefix=None, dir=None, delete=True, **kw):
    return open(_name(prefix, suffix, dir), mode)
