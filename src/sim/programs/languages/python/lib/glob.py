import os
from fnmatch import fnmatch


def glob(pattern, recursive=False, root_dir=None):
    parts = pattern.split('/')
    found = [''] if not pattern.startswith('/') else ['/']
    for i, part in enumerate(parts):
        if part == '':
            continue
        out = []
        for base in found:
            if part == '**' and recursive:
                out.append(base)
                for top, dirs, files in os.walk(base or '.'):
                    out += [os.path.normpath(os.path.join(top, d)) for d in dirs]
                    if i == len(parts) - 1:
                        out += [os.path.normpath(os.path.join(top, f)) for f in files]
            elif '*' in part or '?' in part or '[' in part:
                try:
                    names = os.listdir(base or '.')
                except OSError:
                    names = []
                out += [os.path.join(base, n) for n in names if fnmatch(n, part) and (part[0] == '.' or n[0] != '.')]
            elif os.path.exists(os.path.join(base, part)):
                out.append(os.path.join(base, part))
        found = out
    return found


def iglob(pattern, **kw):
    return iter(glob(pattern, **kw))
