"""The conversation on a terminal."""
import sys
from _drydock import trace


def _unfinished(text):
    """Whether more lines belong to it: an open bracket, an open text, a block or a backslash at its end."""
    depth = 0
    quote = None
    i = 0
    while i < len(text):
        c = text[i]
        if quote:
            if c == '\\':
                i += 1
            elif text.startswith(quote, i):
                i += len(quote) - 1
                quote = None
            elif c == '\n' and len(quote) == 1:
                quote = None
        elif c == '#':
            while i < len(text) and text[i] != '\n':
                i += 1
            continue
        elif c in '"\'':
            quote = c * 3 if text.startswith(c * 3, i) else c
            i += len(quote) - 1
        elif c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
        i += 1
    if depth > 0 or (quote and len(quote) == 3) or text.endswith('\\'):
        return True
    lines = text.split('\n')
    block = lines[0].rstrip().endswith(':') or lines[0].startswith('@')
    return block and lines[-1] != ''


def talk(main, job):
    out = sys.stdout
    if not job['inspect']:
        sys.stderr.write('Python %s on linux\nType "help", "copyright", "credits" or "license" for more information.\n' % sys.version)
    scope = main.__dict__
    while True:
        text = ''
        try:
            while True:
                out.write('... ' if text else '>>> ')
                out.flush()
                line = sys.stdin.readline()
                if line == '':
                    out.write('\n')
                    return
                text = text + '\n' + line.rstrip('\n') if text else line.rstrip('\n')
                if not _unfinished(text):
                    break
            if text.strip():
                _one(text, scope)
        except KeyboardInterrupt:
            out.write('\nKeyboardInterrupt\n')
        except SystemExit:
            raise
        except BaseException as e:
            out.flush()
            sys.stderr.write(''.join(trace.format_exception(e)))


def _one(text, scope):
    trace.sources['<stdin>'] = text
    try:
        code = compile(text, '<stdin>', 'eval')
    except SyntaxError:
        exec(compile(text, '<stdin>', 'exec'), scope)
        return
    value = eval(code, scope)
    if value is not None:
        scope['_'] = value
        print(repr(value))
