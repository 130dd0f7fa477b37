from _drydock.kernel import call as _call


class UUID:
    def __init__(self, hex=None, bytes=None, **kw):
        self.hex = hex.replace('-', '').lower() if hex else bytes.hex()

    def __str__(self):
        h = self.hex
        return '-'.join([h[:8], h[8:12], h[12:16], h[16:20], h[20:]])

    def __repr__(self):
        return "UUID('%s')" % self

    def __eq__(self, other):
        return isinstance(other, UUID) and self.hex == other.hex

    def __hash__(self):
        return hash(self.hex)


def uuid4():
    data = bytearray(_call('random', 16)[1])
    data[6] = data[6] & 15 | 64
    data[8] = data[8] & 63 | 128
    return UUID(bytes=bytes(data))


uuid1 = uuid4
