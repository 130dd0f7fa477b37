"""Loggers, handlers and formats in the usual shape."""
import sys
import time as _time
from _drydock import kernel as _kernel

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
_NAMES = {50: 'CRITICAL', 40: 'ERROR', 30: 'WARNING', 20: 'INFO', 10: 'DEBUG', 0: 'NOTSET'}
BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'


def getLevelName(level):
    return _NAMES.get(level, 'Level %s' % level)


def _level(level):
    if isinstance(level, str):
        for number, name in _NAMES.items():
            if name == level:
                return number
        raise ValueError('Unknown level: %r' % level)
    return level


class LogRecord:
    def __init__(self, name, level, msg, args, exc):
        self.name, self.levelno, self.levelname, self.msg, self.args, self.exc_info = name, level, getLevelName(level), msg, args, exc
        micros = _kernel.ask('time')
        self.created = micros / 1000000
        self.msecs = micros // 1000 % 1000
        self.process = _kernel.ask('getpid')
        self.threadName, self.processName, self.module, self.filename, self.funcName, self.lineno, self.pathname = 'MainThread', 'MainProcess', 'app', 'app.py', '<module>', 1, ''
        self.relativeCreated = 0
        self.thread = 1

    def getMessage(self):
        return str(self.msg) % (self.args[0] if len(self.args) == 1 and isinstance(self.args[0], dict) else self.args) if self.args else str(self.msg)


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style='%'):
        self._fmt = fmt or '%(message)s'
        self.datefmt = datefmt
        self.style = style

    def formatTime(self, record, datefmt=None):
        t = _time.gmtime(record.created)
        if datefmt:
            return _time.strftime(datefmt, t)
        return _time.strftime('%Y-%m-%d %H:%M:%S', t) + ',%03d' % record.msecs

    def format(self, record):
        record.message = record.getMessage()
        values = {k: getattr(record, k) for k in ('name', 'levelno', 'levelname', 'message', 'created', 'msecs', 'process', 'threadName', 'processName', 'module',
                                                  'filename', 'funcName', 'lineno', 'pathname', 'relativeCreated', 'thread')}
        values['asctime'] = self.formatTime(record, self.datefmt)
        text = self._fmt.format(**values) if self.style == '{' else _percent(self._fmt, values)
        if record.exc_info:
            from _drydock import trace
            text += '\n' + ''.join(trace.format_exception(record.exc_info)).rstrip('\n')
        return text


def _percent(fmt, values):
    out = ''
    while True:
        at = fmt.find('%(')
        if at < 0:
            return out + fmt.replace('%%', '%')
        end = fmt.find(')', at)
        stop = end + 1
        while stop < len(fmt) and not fmt[stop].isalpha():
            stop += 1
        out += fmt[:at] + ('%' + fmt[end + 1:stop + 1]) % (values.get(fmt[at + 2:end], ''),)
        fmt = fmt[stop + 1:]


class Handler:
    def __init__(self, level=NOTSET):
        self.level = _level(level)
        self.formatter = None
        self.filters = []

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, formatter):
        self.formatter = formatter

    def addFilter(self, filter):
        self.filters.append(filter)

    def format(self, record):
        return (self.formatter or Formatter()).format(record)

    def handle(self, record):
        if record.levelno >= self.level:
            self.emit(record)

    def emit(self, record):
        pass

    def close(self):
        pass

    def flush(self):
        pass


class StreamHandler(Handler):
    terminator = '\n'

    def __init__(self, stream=None):
        Handler.__init__(self)
        self.stream = stream or sys.stderr

    def emit(self, record):
        self.stream.write(self.format(record) + self.terminator)
        self.stream.flush()


class FileHandler(StreamHandler):
    def __init__(self, filename, mode='a', encoding=None, delay=False):
        StreamHandler.__init__(self, open(filename, mode))


class NullHandler(Handler):
    pass


class Logger:
    def __init__(self, name, level=NOTSET):
        self.name, self.level, self.handlers, self.propagate, self.disabled = name, _level(level), [], True, False
        self.parent = None

    def setLevel(self, level):
        self.level = _level(level)

    def getEffectiveLevel(self):
        return self.level or (self.parent.getEffectiveLevel() if self.parent else WARNING)

    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel()

    def addHandler(self, handler):
        if handler not in self.handlers:
            self.handlers.append(handler)

    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)

    def hasHandlers(self):
        return bool(self.handlers) or bool(self.parent and self.parent.hasHandlers())

    def log(self, level, msg, *args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        if not self.isEnabledFor(level):
            return
        record = LogRecord(self.name, level, msg, args, exc_info if isinstance(exc_info, BaseException) else None)
        at = self
        found = False
        while at:
            for handler in at.handlers:
                handler.handle(record)
                found = True
            at = at.parent if at.propagate else None
        if not found and level >= WARNING:
            sys.stderr.write(record.getMessage() + '\n')

    def debug(self, msg, *args, **kw):
        self.log(DEBUG, msg, *args, **kw)

    def info(self, msg, *args, **kw):
        self.log(INFO, msg, *args, **kw)

    def warning(self, msg, *args, **kw):
        self.log(WARNING, msg, *args, **kw)

    warn = warning

    def error(self, msg, *args, **kw):
        self.log(ERROR, msg, *args, **kw)

    exception = error

    def critical(self, msg, *args, **kw):
        self.log(CRITICAL, msg, *args, **kw)


root = Logger('root', WARNING)
_loggers = {}


def getLogger(name=None):
    if not name or name == 'root':
        return root
    if name not in _loggers:
        made = _loggers[name] = Logger(name)
        made.parent = getLogger(name.rsplit('.', 1)[0]) if '.' in name else root
    return _loggers[name]


def basicConfig(filename=None, filemode='a', format=None, datefmt=None, style='%', level=None, stream=None, handlers=None, force=False, **kw):
    if root.handlers and not force:
        return
    root.handlers = list(handlers or [FileHandler(filename, filemode) if filename else StreamHandler(stream)])
    for handler in root.handlers:
        if handler.formatter is None:
            handler.setFormatter(Formatter(format or BASIC_FORMAT, datefmt, style))
    if level is not None:
        root.setLevel(level)


def _module(name):
    def call(msg, *args, **kw):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(msg, *args, **kw)
    return call


debug, info, warning, error, critical, exception = [_module(n) for n in ('debug', 'info', 'warning', 'error', 'critical', 'exception')]
warn = warning


def log(level, msg, *args, **kw):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kw)


def disable(level=CRITICAL):
    root.setLevel(level + 1)


def shutdown():
    pass
