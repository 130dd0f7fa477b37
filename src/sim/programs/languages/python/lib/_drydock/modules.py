"""python -m."""
import sys
from _drydock import kernel
from _drydock.main import execute


def run(name, main):
    if name == 'json.tool':
        import json
        text = open(sys.argv[1]).read() if len(sys.argv) > 1 else sys.stdin.read()
        print(json.dumps(json.loads(text), indent=4))
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
