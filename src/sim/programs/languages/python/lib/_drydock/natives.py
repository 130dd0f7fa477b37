"""Completes the built-in types with the methods that they lack: a type's table of methods is replaced by a longer one."""
import uctypes
import struct

_kept = []


def _str_ljust(self, width, fill=' '):
    return self + fill * (width - len(self))


def _str_rjust(self, width, fill=' '):
    return fill * (width - len(self)) + self


def _str_zfill(self, width):
    sign = self[:1] if self[:1] in ('+', '-') else ''
    return sign + '0' * (width - len(self)) + self[len(sign):]


def _str_capitalize(self):
    return self[:1].upper() + self[1:].lower()


def _str_title(self):
    out = []
    inside = False
    for c in self:
        out.append(c.lower() if inside else c.upper())
        inside = c.isalpha()
    return ''.join(out)


def _str_swapcase(self):
    return ''.join([c.lower() if c.isupper() else c.upper() for c in self])


def _str_removeprefix(self, prefix):
    return self[len(prefix):] if prefix and self.startswith(prefix) else self


def _str_removesuffix(self, suffix):
    return self[:-len(suffix)] if suffix and self.endswith(suffix) else self


def _str_isalnum(self):
    return len(self) > 0 and all([c.isalpha() or c.isdigit() for c in self])


def _str_isidentifier(self):
    return self.replace('_', 'a').isalnum() and not self[0].isdigit()


def _str_istitle(self):
    return self != '' and self == self.title()


def _str_isascii(self):
    return all([ord(c) < 128 for c in self])


def _str_isprintable(self):
    return all([ord(c) >= 32 and ord(c) != 127 for c in self])


def _str_expandtabs(self, size=8):
    out = ''
    for c in self:
        out += ' ' * (size - len(out) % size) if c == '\t' else c
    return out


def _str_translate(self, table):
    out = []
    for c in self:
        to = table.get(ord(c), c)
        if to is not None:
            out.append(to if isinstance(to, str) else chr(to))
    return ''.join(out)


def _str_format_map(self, mapping):
    return self.format(**mapping)


def _int_bit_length(self):
    return len(bin(abs(self))) - 2 if self else 0


def _float_is_integer(self):
    return self == int(self)


def _dict_or(self, other):
    made = self.copy()
    made.update(other)
    return made


def _with_traceback(self, trace):
    return self


_STR = {'ljust': _str_ljust, 'rjust': _str_rjust, 'zfill': _str_zfill, 'capitalize': _str_capitalize, 'title': _str_title,
        'swapcase': _str_swapcase, 'removeprefix': _str_removeprefix, 'removesuffix': _str_removesuffix, 'isalnum': _str_isalnum,
        'isidentifier': _str_isidentifier, 'istitle': _str_istitle, 'isascii': _str_isascii, 'isprintable': _str_isprintable,
        'expandtabs': _str_expandtabs, 'translate': _str_translate, 'format_map': _str_format_map, 'casefold': lambda self: self.lower(),
        'isnumeric': lambda self: self.isdigit(), 'isdecimal': lambda self: self.isdigit()}


def _words(address, count):
    return list(struct.unpack('<%dI' % count, uctypes.bytearray_at(address, 4 * count)))


def _complete(kind, probe, methods):
    """Finds the type's dictionary of methods (the one that holds `probe`) and puts a longer table in its place."""
    slots = _words(id(kind), 16)
    for slot in slots[3:]:
        if not 65536 < slot < 400000 or slot & 3:
            continue
        base, flags, alloc, table = _words(slot, 4)
        if base != id(dict) or not 0 < alloc < 200 or not 65536 < table < 400000:
            continue
        used = flags >> 3
        data = bytes(uctypes.bytearray_at(table, 8 * used))
        keys = [name for name in methods if not hasattr(kind, name)]
        for name in keys:
            data += struct.pack('<II', _qstr(name), id(methods[name]))
        made = bytearray(data)
        _kept.append(made)
        _kept.append(methods)
        count = used + len(keys)
        uctypes.bytearray_at(slot + 4, 12)[:] = struct.pack('<III', count << 3 | flags & 7, count, uctypes.addressof(made))
        return True
    return False


class _Probe:
    pass


def _qstr(name):
    """The word that stands for an interned string."""
    made = [None]
    setattr(_Probe, name, 0)
    for key in _Probe.__dict__:
        if key == name:
            made[0] = key
    # A list's items stand at the address in its fourth word.
    return _words(_words(id(made), 4)[3], 1)[0]


def complete():
    _complete(str, 'upper', _STR)
    _complete(int, 'from_bytes', {'bit_length': _int_bit_length})
