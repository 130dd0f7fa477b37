class _Member:
    def __repr__(self):
        return '<%s.%s: %r>' % (type(self).__name__, self.name, self.value)

    def __str__(self):
        return '%s.%s' % (type(self).__name__, self.name)


class Enum:
    """Members are plain values of the class: there are no metaclasses here."""


class IntEnum(int):
    pass


def auto():
    global _next
    _next += 1
    return _next


_next = 0
