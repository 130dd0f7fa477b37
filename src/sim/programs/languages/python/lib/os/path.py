from _drydock.kernel import ask, fspath

sep = '/'
pardir = '..'
curdir = '.'


def join(first, *rest):
    path = fspath(first)
    for part in rest:
        part = fspath(part)
        if part.startswith('/') or not path:
            path = part
        elif path.endswith('/'):
            path += part
        else:
            path += '/' + part
    return path


def split(path):
    path = fspath(path)
    at = path.rfind('/') + 1
    head, tail = path[:at], path[at:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail


def dirname(path):
    return split(path)[0]


def basename(path):
    return split(path)[1]


def splitext(path):
    path = fspath(path)
    base = path.rfind('/') + 1
    dot = path.rfind('.')
    if dot <= base or path[base:dot].strip('.') == '':
        return path, ''
    return path[:dot], path[dot:]


def splitdrive(path):
    return '', path


def isabs(path):
    return fspath(path).startswith('/')


def normpath(path):
    path = fspath(path)
    root = '/' if path.startswith('/') else ''
    out = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part == '..' and out and out[-1] != '..':
            out.pop()
        elif part != '..' or not root:
            out.append(part)
    return root + '/'.join(out) or '.'


def abspath(path):
    path = fspath(path)
    return normpath(path if path.startswith('/') else join(ask('getcwd'), path))


def realpath(path, strict=False):
    try:
        return ask('realpath', fspath(path))
    except OSError:
        return abspath(path)


def relpath(path, start='.'):
    a = abspath(start).strip('/').split('/') if abspath(start) != '/' else []
    b = abspath(path).strip('/').split('/')
    n = 0
    while n < len(a) and n < len(b) and a[n] == b[n]:
        n += 1
    return '/'.join(['..'] * (len(a) - n) + b[n:]) or '.'


def commonprefix(paths):
    if not paths:
        return ''
    a, b = min(paths), max(paths)
    for i in range(len(a)):
        if a[i] != b[i]:
            return a[:i]
    return a


def commonpath(paths):
    parts = [p.split('/') for p in paths]
    out = []
    for i in range(min([len(p) for p in parts])):
        if len(set([p[i] for p in parts])) > 1:
            break
        out.append(parts[0][i])
    return '/'.join(out) or '/'


def _mode(path, call='stat'):
    try:
        return ask(call, fspath(path))[0] & 0o170000
    except OSError:
        return 0


def exists(path):
    return _mode(path) != 0


def lexists(path):
    return _mode(path, 'lstat') != 0


def isfile(path):
    return _mode(path) == 0o100000


def isdir(path):
    return _mode(path) == 0o040000


def islink(path):
    return _mode(path, 'lstat') == 0o120000


def ismount(path):
    return fspath(path) == '/'


def getsize(path):
    import os
    return os.stat(path).st_size


def getmtime(path):
    import os
    return os.stat(path).st_mtime


def samefile(a, b):
    return realpath(a) == realpath(b)


def expanduser(path):
    if not path.startswith('~'):
        return path
    import os
    end = path.find('/')
    return os.environ.get('HOME', '/root') + (path[end:] if end >= 0 else '')


def expandvars(path):
    import os
    for key, value in os.environ.items():
        path = path.replace('${' + key + '}', value).replace('$' + key, value)
    return path
