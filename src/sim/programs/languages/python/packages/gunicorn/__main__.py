"""gunicorn [-b ADDRESS:PORT] [-w N] MODULE:APP, with one worker in its own process."""
import os
import sys
import time
from http.server import HTTPServer
from werkzeug.serving import WSGIRequestHandler


def _log(text):
    sys.stderr.write('[%s +0000] [%d] [INFO] %s\n' % (time.strftime('%Y-%m-%d %H:%M:%S'), os.getpid(), text))


class _Handler(WSGIRequestHandler):
    server_version = 'gunicorn'
    access = False

    def version_string(self):
        return 'gunicorn'

    def log_request(self, code='-', size='-'):
        if self.access:
            sys.stdout.write('%s - - [%s +0000] "%s" %s %s "-" "%s"\n' % (self.address_string(), time.strftime('%d/%b/%Y:%H:%M:%S'), self.requestline, code, size,
                                                                     self.headers.get('User-Agent', '-')))
            sys.stdout.flush()


def main(args):
    args = list(args)
    bind, target, folder = os.environ.get('GUNICORN_BIND'), None, None
    while args:
        arg = args.pop(0)
        name, eq, value = arg.partition('=')
        if not name.startswith('--') and name.startswith('-') and len(arg) > 2:
            name, value, eq = arg[:2], arg[2:], '='
        if name in ('-b', '--bind', '-w', '--workers', '-t', '--timeout', '--chdir', '--access-logfile', '--error-logfile', '--log-level', '-k', '--worker-class', '--threads', '-c', '--config'):
            value = value if eq else args.pop(0)
            if name in ('-b', '--bind'):
                bind = value
            elif name == '--chdir':
                folder = value
            elif name == '--access-logfile':
                _Handler.access = value == '-'
        elif not arg.startswith('-'):
            target = arg
        elif arg == '--version':
            print('gunicorn (version 23.0.0)')
            return 0
    if folder:
        os.chdir(folder)
    sys.path.insert(0, os.getcwd())
    if not target:
        sys.stderr.write('Error: No application module specified.\n')
        return 1
    host, _, port = (bind or ('0.0.0.0:' + os.environ['PORT'] if 'PORT' in os.environ else '127.0.0.1:8000')).partition(':')
    module, _, name = target.partition(':')
    found = __import__(module)
    for part in module.split('.')[1:]:
        found = getattr(found, part)
    name = name or 'application'
    app = getattr(found, name[:-2])() if name.endswith('()') else getattr(found, name)
    server = HTTPServer((host or '0.0.0.0', int(port or 8000)), _Handler)
    server.app = app
    _log('Starting gunicorn 23.0.0')
    _log('Listening at: http://%s:%d (%d)' % (host or '0.0.0.0', int(port or 8000), os.getpid()))
    _log('Using worker: sync')
    _log('Booting worker with pid: %d' % os.getpid())
    import signal
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.serve_forever()
    except (KeyboardInterrupt, SystemExit):
        _log('Handling signal: term')
        _log('Shutting down: Master')
    return 0


def _stop(number, frame):
    raise SystemExit(0)


if __name__ == '__main__':
    raise SystemExit(main(sys.argv[1:]))
