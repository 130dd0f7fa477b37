from _drydock import kernel as _kernel

_native = _kernel.natives['hashlib']
algorithms_available = {'sha256', 'sha1', 'md5'}


class _Hash:
    def __init__(self, name, data=b''):
        self.name = name
        self._data = bytes(data)

    def update(self, data):
        self._data += data

    def digest(self):
        return getattr(_native, self.name)(self._data).digest()

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return _Hash(self.name, self._data)


def new(name, data=b''):
    if not hasattr(_native, name):
        raise ValueError('unsupported hash type ' + name)
    return _Hash(name, data)


def sha256(data=b''):
    return new('sha256', data)


def sha1(data=b''):
    return new('sha1', data)


def md5(data=b'', usedforsecurity=True):
    return new('md5', data)
