"""Tracebacks as CPython prints them."""
import sys as _sys
import io
from _drydock import kernel

sources = {}
_print_exception = _sys.print_exception

_WORDS = (
    ("isn't defined", 'is not defined'),
    ('divide by zero', 'division by zero'),
    ("object isn't callable", 'object is not callable'),
    ("object isn't iterable", 'object is not iterable'),
    ("object isn't subscriptable", 'object is not subscriptable'),
    ("can't import name", 'cannot import name'),
)


def words(text):
    """A message of the interpreter in CPython's words."""
    for ours, theirs in _WORDS:
        if ours in text:
            text = text.replace(ours, theirs)
    start = 'unsupported operand type(s) for __'
    if text.startswith(start):
        name, _, kinds = text[len(start):].partition('__: ')
        left, _, right = kinds.partition(' and ')
        if name == 'add' and left == "'str'":
            return 'can only concatenate str (not "%s") to str' % right.strip("'")
        text = 'unsupported operand type(s) for %s: %s' % (_OPERATORS.get(name, name), kinds)
    return text


_OPERATORS = {'add': '+', 'sub': '-', 'mul': '*', 'truediv': '/', 'floordiv': '//', 'mod': '%', 'pow': '** or pow()', 'and': '&', 'or': '|', 'xor': '^',
              'lshift': '<<', 'rshift': '>>', 'iadd': '+=', 'isub': '-=', 'imul': '*='}


def lines_of(name):
    if name not in sources:
        try:
            sources[name] = kernel.read_text(name) if name[0] != '<' else ''
        except Exception:
            sources[name] = ''
    return sources[name].split('\n')


def source_line(name, number):
    lines = lines_of(name)
    return lines[number - 1].strip() if 0 < number <= len(lines) else ''


def frames(e):
    """(file, line, function or None) of a traceback, the outermost first."""
    out = io.StringIO()
    _print_exception(e, out)
    found = []
    for line in out.getvalue().split('\n'):
        if not line.startswith('  File "'):
            continue
        end = line.rfind('", line ')
        name = line[8:end]
        rest = line[end + 8:]
        comma = rest.find(', in ')
        number = int(rest if comma < 0 else rest[:comma])
        if '/_drydock/' not in name and name != '<stdin>boot':
            found.append((name, number, None if comma < 0 else rest[comma + 5:]))
    return found[1:] if found and found[0][0] == '<stdin>' and found[0][2] != '<module>' else found


def last_line(e):
    kind = type(e)
    name = kind.__name__
    module = getattr(kind, '__module__', None)
    text = describe(e)
    if name == 'ImportError' and text.startswith('No module named'):
        name = 'ModuleNotFoundError'
    elif name == 'RuntimeError' and text == 'maximum recursion depth exceeded':
        name = 'RecursionError'
    elif module and module not in ('__main__', 'builtins') and not module.startswith('_drydock'):
        name = module + '.' + name
    return name + ': ' + text if text else name


def describe(e):
    try:
        if isinstance(e, OSError) and len(e.args) >= 2:
            return kernel._Told.__str__(e) if isinstance(e, kernel._Told) else '[Errno %s] %s' % (e.args[0], e.args[1])
        if isinstance(e, KeyError) and len(e.args) == 1:
            return repr(e.args[0])
        return '' if isinstance(e, MemoryError) else words(str(e))
    except Exception:
        return '<exception str() failed>'


def format_frames(found):
    out = []
    last = None
    count = 0
    for frame in list(found) + [None]:
        if frame != last and count >= 3:
            out.append('  [Previous line repeated %d more time%s]\n' % (count - 2, '' if count == 3 else 's'))
        if frame is None:
            break
        name, number, function = frame
        count = count + 1 if frame == last else 0
        last = frame
        if count >= 3:
            continue
        out.append('  File "%s", line %d, in %s\n' % (name, number, function or '<module>'))
        text = source_line(name, number)
        if text:
            out.append('    ' + text + '\n')
    return out


def format_exception(e):
    found = [f for f in frames(e) if not (f[0] == '<stdin>' and f[1] in _BOOT)]
    out = []
    if isinstance(e, SyntaxError) and found:
        name, number, _ = found[-1]
        before = found[:-1]
        if before:
            out.append('Traceback (most recent call last):\n')
            out += format_frames(before)
        text = source_line(name, number)
        out.append('  File "%s", line %d\n' % (name, number))
        if text:
            out.append('    ' + text + '\n')
            out.append('    ' + '^' * len(text) + '\n')
    elif found:
        out.append('Traceback (most recent call last):\n')
        out += format_frames(found)
    out.append(last_line(e) + '\n')
    return out


_BOOT = ()


def uncaught(e):
    """Prints what ended the program; answers with the exit status."""
    kernel.ask('flush')
    system = _sys.modules['sys']
    if getattr(system, 'excepthook', None):
        system.excepthook(type(e), e, None)
    else:
        system.stderr.write(''.join(format_exception(e)))
    return 130 if isinstance(e, KeyboardInterrupt) else 1
