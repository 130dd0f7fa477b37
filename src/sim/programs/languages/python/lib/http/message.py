class Headers:
    """Names and values in the order in which they came; names are compared without regard to case."""

    def __init__(self, items=()):
        self._items = list(items)

    @staticmethod
    def read(file):
        made = Headers()
        while True:
            line = file.readline()
            if line in (b'\r\n', b'\n', b''):
                return made
            name, _, value = line.decode('latin-1').partition(':')
            made._items.append((name.strip(), value.strip()))

    def get(self, name, default=None):
        for k, v in self._items:
            if k.lower() == name.lower():
                return v
        return default

    def get_all(self, name, default=None):
        return [v for k, v in self._items if k.lower() == name.lower()] or default

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        del self[name]
        self._items.append((name, value))

    def __delitem__(self, name):
        self._items = [(k, v) for k, v in self._items if k.lower() != name.lower()]

    def add(self, name, value):
        self._items.append((name, value))

    def __contains__(self, name):
        return self.get(name) is not None

    def __iter__(self):
        return iter(self.keys())

    def keys(self):
        return [k for k, v in self._items]

    def values(self):
        return [v for k, v in self._items]

    def items(self):
        return list(self._items)

    def __len__(self):
        return len(self._items)

    def __str__(self):
        return ''.join(['%s: %s\n' % i for i in self._items]) + '\n'

    def update(self, other):
        for k, v in (other.items() if hasattr(other, 'items') else other):
            self[k] = v

    def setdefault(self, name, value):
        if name not in self:
            self[name] = value
        return self[name]
