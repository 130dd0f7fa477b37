from _drydock import kernel as _kernel
import time as _time

_frozen = _kernel.frozen('datetime')
datetime, date, time, timedelta, timezone, tzinfo = _frozen.datetime, _frozen.date, _frozen.time, _frozen.timedelta, _frozen.timezone, _frozen.tzinfo
MINYEAR, MAXYEAR = 1, 9999
UTC = timezone.utc


def _parts(d):
    hour, minute, second = (d.hour, d.minute, d.second) if hasattr(d, 'hour') else (0, 0, 0)
    start = _time._days(d.year, 1, 1)
    day = _time._days(d.year, d.month, d.day)
    return _time.struct_time(d.year, d.month, d.day, hour, minute, second, (day + 3) % 7, day - start + 1, -1)


def _strftime(self, format):
    text = format.replace('%f', '%06d' % getattr(self, 'microsecond', 0))
    if getattr(self, 'tzinfo', None) is None:
        text = text.replace('%z', '').replace('%Z', '')
    return _time.strftime(text, _parts(self))


def _format(self, spec):
    return self.strftime(spec) if spec else str(self)


_LONG = {'Y': 4, 'f': 6, 'j': 3}


def _strptime(text, format):
    found = {'Y': 1900, 'm': 1, 'd': 1, 'H': 0, 'M': 0, 'S': 0, 'f': 0}
    at = i = 0
    for short, long in (('%F', '%Y-%m-%d'), ('%T', '%H:%M:%S')):
        format = format.replace(short, long)
    while i < len(format):
        c = format[i]
        i += 1
        if c == '%':
            c = format[i]
            i += 1
            if c in 'bB':
                for n, name in enumerate(_time._MONTHS):
                    name = name if c == 'B' else name[:3]
                    if text[at:at + len(name)].lower() == name.lower():
                        found['m'] = n + 1
                        at += len(name)
                        break
                continue
            if c in 'aA':
                while at < len(text) and text[at].isalpha():
                    at += 1
                continue
            end = at
            while end < len(text) and end - at < _LONG.get(c, 2) and text[end].isdigit():
                end += 1
            if end > at:
                found[c] = int((text[at:end] + '000000')[:6]) if c == 'f' else int(text[at:end])
                at = end
                continue
        elif text[at:at + 1] == c:
            at += 1
            continue
        raise ValueError('time data %r does not match format %r' % (text, format))
    if at < len(text):
        raise ValueError('unconverted data remains: ' + text[at:])
    return datetime(found['Y'], found['m'], found['d'], found['H'], found['M'], found['S'], found['f'])


def _now(tz=None):
    micros = _kernel.ask('time')
    t = _time.gmtime(micros // 1000000)
    return datetime(t[0], t[1], t[2], t[3], t[4], t[5], micros % 1000000, tz)


for _kind in (datetime, date):
    _kind.strftime = _strftime
    _kind.__format__ = _format
datetime.strptime = staticmethod(_strptime)
datetime.now = staticmethod(_now)
datetime.utcnow = staticmethod(lambda: _now())
datetime.today = staticmethod(lambda: _now())
datetime.timetuple = _parts
date.timetuple = _parts
