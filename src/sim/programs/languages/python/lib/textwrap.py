def dedent(text):
    lines = text.split('\n')
    margins = [len(l) - len(l.lstrip()) for l in lines if l.strip()]
    cut = min(margins) if margins else 0
    return '\n'.join([l[cut:] if l.strip() else '' for l in lines])


def indent(text, prefix, predicate=None):
    return ''.join([(prefix if l.strip() else '') + l for l in text.splitlines(True)])


def wrap(text, width=70, **kw):
    lines = []
    line = ''
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = line + ' ' + word if line else word
    return lines + [line] if line else lines


def fill(text, width=70, **kw):
    return '\n'.join(wrap(text, width))


def shorten(text, width, placeholder=' [...]'):
    text = ' '.join(text.split())
    return text if len(text) <= width else text[:width - len(placeholder)].rstrip() + placeholder
