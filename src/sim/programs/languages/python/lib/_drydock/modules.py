"""python -m."""
import sys
from _drydock import kernel
from _drydock.main import execute


def run(name, main):
    own = '_run_' + name.replace('.', '_')
    if name in ('json.tool', 'venv', 'timeit', 'this', 'pip'):
        module = __import__('_drydock.' + own, None, None, ['run'], 0)
        module.run(sys.argv[1:])
        return
    found = find(name)
    if found is None:
        sys.stderr.write('%s: No module named %s\n' % (sys.executable, name))
        raise SystemExit(1)
    sys.argv[0] = found
    execute(kernel.read_text(found), found, main)


def find(name):
    part = name.replace('.', '/')
    for folder in sys.path:
        base = (folder + '/' if folder else '') + part
        for path in (base + '/__main__.py', base + '.py'):
            if kernel.exists(path):
                return path
    return None
