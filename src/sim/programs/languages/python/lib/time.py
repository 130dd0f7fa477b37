from _drydock.kernel import ask as _ask
from collections import namedtuple as _namedtuple

timezone = 0
altzone = 0
daylight = 0
tzname = ('UTC', 'UTC')
CLOCK_MONOTONIC = 1
CLOCK_REALTIME = 0
_DAYS = ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')
_MONTHS = ('January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December')
struct_time = _namedtuple('struct_time', ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'])


def time():
    return _ask('time') / 1000000


def time_ns():
    return _ask('time') * 1000


_start = _ask('time')


def monotonic():
    return (_ask('time') - _start) / 1000000 + 1000


perf_counter = monotonic


def monotonic_ns():
    return (_ask('time') - _start) * 1000


perf_counter_ns = monotonic_ns


def process_time():
    return monotonic() - 1000


def sleep(seconds):
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    _ask('sleep', _ask('time') + int(seconds * 1000000))


def _days(y, m, d):
    y -= m <= 2
    era = y // 400
    yoe = y - era * 400
    doy = (153 * (m + (-3 if m > 2 else 9)) + 2) // 5 + d - 1
    return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468


def gmtime(secs=None):
    secs = int(time() if secs is None else secs // 1)
    days = secs // 86400
    rest = secs - days * 86400
    z = days + 719468
    era = z // 146097
    doe = z - era * 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    d = doy - (153 * mp + 2) // 5 + 1
    m = mp + (3 if mp < 10 else -9)
    y = yoe + era * 400 + (m <= 2)
    return struct_time(y, m, d, rest // 3600, rest // 60 % 60, rest % 60, (days + 3) % 7, days - _days(y, 1, 1) + 1, 0)


localtime = gmtime


def mktime(t):
    return float(_days(t[0], t[1], t[2]) * 86400 + t[3] * 3600 + t[4] * 60 + t[5])


def strftime(format, t=None):
    t = t or gmtime()
    out = ''
    i = 0
    while i < len(format):
        c = format[i]
        i += 1
        if c != '%' or i >= len(format):
            out += c
            continue
        c = format[i]
        i += 1
        if c == '-' and i < len(format):
            out += strftime('%' + format[i], t).lstrip('0') or '0'
            i += 1
            continue
        out += _field(c, t)
    return out


def _field(c, t):
    if c in _NUMBERS:
        index, width = _NUMBERS[c]
        return ('%%0%dd' % width) % t[index]
    if c == 'y':
        return '%02d' % (t[0] % 100)
    if c == 'I':
        return '%02d' % (t[3] % 12 or 12)
    if c == 'p':
        return 'AM' if t[3] < 12 else 'PM'
    if c == 'a':
        return _DAYS[t[6]][:3]
    if c == 'A':
        return _DAYS[t[6]]
    if c in 'bh':
        return _MONTHS[t[1] - 1][:3]
    if c == 'B':
        return _MONTHS[t[1] - 1]
    if c == 'e':
        return '%2d' % t[2]
    if c == 'w':
        return str((t[6] + 1) % 7)
    if c == 'u':
        return str(t[6] + 1)
    if c == 'z':
        return '+0000'
    if c == 'Z':
        return 'UTC'
    if c == 's':
        return str(int(mktime(t)))
    if c == '%':
        return '%'
    if c == 'n':
        return '\n'
    if c in _WHOLE:
        return strftime(_WHOLE[c], t)
    return '%' + c


_NUMBERS = {'Y': (0, 4), 'm': (1, 2), 'd': (2, 2), 'H': (3, 2), 'M': (4, 2), 'S': (5, 2), 'j': (7, 3)}
_WHOLE = {'F': '%Y-%m-%d', 'T': '%H:%M:%S', 'R': '%H:%M', 'D': '%m/%d/%y', 'c': '%a %b %e %H:%M:%S %Y', 'x': '%m/%d/%y', 'X': '%H:%M:%S'}


def ctime(secs=None):
    return strftime('%a %b %e %H:%M:%S %Y', gmtime(secs))


def asctime(t=None):
    return strftime('%a %b %e %H:%M:%S %Y', t or gmtime())


def ticks_ms():
    return _ask('time') // 1000


def ticks_diff(a, b):
    return a - b


def ticks_add(a, b):
    return a + b


def sleep_ms(ms):
    sleep(ms / 1000)


def strptime(text, format='%a %b %d %H:%M:%S %Y'):
    from datetime import datetime
    return datetime.strptime(text, format).timetuple()
