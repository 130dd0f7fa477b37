import sys


def format_exception(kind, value=None, tb=None, **kw):
    from _drydock import trace
    return trace.format_exception(value if value is not None else kind)


def format_exc(limit=None):
    e = sys._error[0]
    return ''.join(format_exception(e)) if e else 'NoneType: None\n'


def print_exception(kind, value=None, tb=None, file=None, **kw):
    (file or sys.stderr).write(''.join(format_exception(kind, value)))


def print_exc(limit=None, file=None):
    (file or sys.stderr).write(format_exc())
