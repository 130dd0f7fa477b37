"""python -m flask and the command flask."""
import os
import sys


def main(args):
    host, port, debug, target, command = '127.0.0.1', 5000, None, os.environ.get('FLASK_APP'), None
    host = os.environ.get('FLASK_RUN_HOST', host)
    port = int(os.environ.get('FLASK_RUN_PORT', port))
    args = list(args)
    while args:
        arg = args.pop(0)
        name, eq, value = arg.partition('=')
        if name in ('--app', '-A', '--host', '-h', '--port', '-p'):
            value = value if eq else args.pop(0)
            if name in ('--app', '-A'):
                target = value
            elif name in ('--host', '-h'):
                host = value
            else:
                port = int(value)
        elif arg == '--debug':
            debug = True
        elif arg == '--version':
            print('Python %s\nFlask 3.1.2\nWerkzeug 3.1.4' % sys.version.split()[0])
            return 0
        elif not arg.startswith('-'):
            command = arg
    sys.path.insert(0, os.getcwd())
    app, name = load(target)
    if app is None:
        return 2
    if command == 'routes':
        rules = sorted(app.url_map, key=lambda r: r.endpoint)
        rows = [('Endpoint', 'Methods', 'Rule')] + [(r.endpoint, ', '.join(sorted(set(r.methods) - {'HEAD', 'OPTIONS'})), r.rule) for r in rules]
        widths = [max([len(r[i]) for r in rows]) for i in range(3)]
        for i, row in enumerate(rows):
            print('  '.join([row[j].ljust(widths[j]) for j in range(3)]).rstrip())
            if i == 0:
                print('  '.join(['-' * w for w in widths]))
        return 0
    app.name = name
    app.run(host, port, debug)
    return 0


def load(target):
    from flask import Flask
    if not target:
        for guess in ('wsgi.py', 'app.py'):
            if os.path.isfile(guess):
                target = guess
                break
        else:
            sys.stderr.write("Usage: flask run [OPTIONS]\nTry 'flask run --help' for help.\n\nError: Could not locate a Flask application. Use the 'flask --app' option, 'FLASK_APP' environment variable, or a 'wsgi.py' or 'app.py' file in the current directory.\n")
            return None, None
    module, _, attribute = target.partition(':')
    shown = module
    if module.endswith('.py'):
        module = module[:-3].replace('/', '.')
    try:
        found = __import__(module)
    except ImportError as e:
        if module not in str(e):
            raise
        sys.stderr.write("Usage: flask run [OPTIONS]\nTry 'flask run --help' for help.\n\nError: Could not import '%s'.\n" % module)
        return None, None
    for part in module.split('.')[1:]:
        found = getattr(found, part)
    for name in [attribute] if attribute else ['app', 'application']:
        if hasattr(found, name):
            return getattr(found, name), shown
    for name in ('create_app', 'make_app'):
        if hasattr(found, name):
            return getattr(found, name)(), shown
    return None, None


if __name__ == '__main__':
    raise SystemExit(main(sys.argv[1:]))
