"""Built-in names that MicroPython lacks, or has otherwise."""
import builtins
import sys as _sys
from _drydock import kernel
from _drydock import system
from _drydock.files import open as _open_file

_print = builtins.print


def print(*args, sep=' ', end='\n', file=None, flush=False):
    if file is None:
        file = system.stdout
        if file is system.__stdout__:
            _print(*args, sep=' ' if sep is None else sep, end='\n' if end is None else end)
            if flush:
                kernel.ask('flush')
            return
        if file is None:
            return
    file.write((' ' if sep is None else sep).join([str(a) for a in args]) + ('\n' if end is None else end))
    if flush:
        file.flush()


def input(prompt=''):
    if prompt != '':
        system.stdout.write(str(prompt))
    system.stdout.flush()
    line = system.stdin.readline()
    if line == '':
        raise EOFError('EOF when reading a line')
    return line[:-1] if line.endswith('\n') else line


def vars(thing=None):
    return thing.__dict__


def format(value, spec=''):
    return ('{:' + spec + '}').format(value)


def ascii(value):
    return ''.join([c if ord(c) < 128 else ('\\x%02x' if ord(c) < 256 else '\\u%04x') % ord(c) for c in repr(value)])


class Quitter:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return 'Use %s() or Ctrl-D (i.e. EOF) to exit' % self.name

    def __call__(self, code=None):
        raise SystemExit(code)


class Warning(Exception): pass
class UserWarning(Warning): pass
class DeprecationWarning(Warning): pass
class RuntimeWarning(Warning): pass
class FutureWarning(Warning): pass
class ResourceWarning(Warning): pass
class BufferError(Exception): pass
class FloatingPointError(ArithmeticError): pass


def fill():
    for kind in kernel.CLASSES:
        setattr(builtins, kind.__name__, kind)
    for kind in (Warning, UserWarning, DeprecationWarning, RuntimeWarning, FutureWarning, ResourceWarning, BufferError, FloatingPointError):
        setattr(builtins, kind.__name__, kind)
    builtins.ModuleNotFoundError = ImportError
    builtins.RecursionError = RuntimeError
    builtins.UnboundLocalError = NameError
    builtins.UnicodeDecodeError = UnicodeError
    builtins.UnicodeEncodeError = UnicodeError
    builtins.IOError = OSError
    builtins.EnvironmentError = OSError
    builtins.TabError = IndentationError
    builtins.print = print
    builtins.input = input
    builtins.open = _open_file
    builtins.vars = vars
    builtins.format = format
    builtins.ascii = ascii
    builtins.exit = Quitter('exit')
    builtins.quit = Quitter('quit')
