import os
import sys
from _drydock import kernel
from _drydock.files import File
from _drydock.lines import Lines

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        super().__init__(returncode, cmd)
        self.returncode, self.cmd, self.output, self.stdout, self.stderr = returncode, cmd, output, output, stderr

    def __str__(self):
        return 'Command %r returned non-zero exit status %d.' % (self.cmd, self.returncode)


class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        super().__init__(cmd, timeout)
        self.cmd, self.timeout = cmd, timeout

    def __str__(self):
        return 'Command %r timed out after %s seconds' % (self.cmd, self.timeout)


class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)

    def __repr__(self):
        out = 'CompletedProcess(args=%r, returncode=%r' % (self.args, self.returncode)
        if self.stdout is not None:
            out += ', stdout=%r' % self.stdout
        if self.stderr is not None:
            out += ', stderr=%r' % self.stderr
        return out + ')'


class _Pipe(Lines):
    """The parent's end."""

    def __init__(self, fd, text):
        self._fd = fd
        self._text = text
        self._ahead = b''
        self.closed = False

    def _give(self, data):
        return data.decode() if self._text else data

    def read(self, size=-1):
        parts = [self._ahead]
        self._ahead = b''
        while True:
            data = os.read(self._fd, 65536)
            if not data:
                return self._give(b''.join(parts))
            parts.append(data)

    def readline(self):
        while b'\n' not in self._ahead:
            data = os.read(self._fd, 65536)
            if not data:
                break
            self._ahead += data
        at = self._ahead.find(b'\n') + 1 or len(self._ahead)
        line = self._ahead[:at]
        self._ahead = self._ahead[at:]
        return self._give(line)

    def write(self, data):
        os.write(self._fd, data.encode() if isinstance(data, str) else data)
        return len(data)

    def flush(self):
        pass

    def fileno(self):
        return self._fd

    def close(self):
        if not self.closed:
            self.closed = True
            os.close(self._fd)


class Popen:
    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, shell=False, cwd=None, env=None,
                 universal_newlines=None, text=None, encoding=None, errors=None, start_new_session=False, **kw):
        self.args = args
        self.returncode = None
        text = bool(text or universal_newlines or encoding)
        if shell:
            argv = ['/bin/sh', '-c', args if isinstance(args, str) else ' '.join(args)]
        else:
            argv = [args] if isinstance(args, str) else [kernel.fspath(a) for a in args]
        path = kernel.ask('which', argv[0], (env or os.environ).get('PATH'))
        if path is None:
            raise kernel.error(2, None, argv[0])
        mine = []
        fds = {0: 0, 1: 1, 2: 2}
        self.stdin = self.stdout = self.stderr = None
        for number, wanted in ((0, stdin), (1, stdout), (2, stderr)):
            if wanted is None:
                continue
            if wanted == STDOUT:
                fds[2] = fds[1]
            elif wanted == PIPE:
                r, w = os.pipe()
                child, parent = (r, w) if number == 0 else (w, r)
                fds[number] = child
                mine.append(child)
                setattr(self, ('stdin', 'stdout', 'stderr')[number], _Pipe(parent, text))
            elif wanted == DEVNULL:
                made = open('/dev/null', 'rb' if number == 0 else 'wb')
                fds[number] = made.fileno()
            else:
                if hasattr(wanted, 'flush'):
                    wanted.flush()
                fds[number] = wanted if isinstance(wanted, int) else wanted.fileno()
        from _drydock import files
        files.flush_all()
        self.pid = kernel.ask('spawn', path, argv, list((env or os.environ).items()), cwd and kernel.fspath(cwd), list(fds.items()))
        for fd in mine:
            os.close(fd)

    def _wait(self, block):
        if self.returncode is None:
            ended = kernel.ask('wait', self.pid, block)
            if ended:
                self.returncode = ended[1]
        return self.returncode

    def poll(self):
        return self._wait(False)

    def wait(self, timeout=None):
        return self._wait(True)

    def communicate(self, input=None, timeout=None):
        if self.stdin:
            if input:
                self.stdin.write(input)
            self.stdin.close()
        out = self.stdout.read() if self.stdout else None
        err = self.stderr.read() if self.stderr else None
        for pipe in (self.stdout, self.stderr):
            if pipe:
                pipe.close()
        self.wait()
        return out, err

    def send_signal(self, number):
        os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.wait()


def run(args, input=None, capture_output=False, timeout=None, check=False, **kw):
    if capture_output:
        kw['stdout'] = kw['stderr'] = PIPE
    if input is not None:
        kw['stdin'] = PIPE
    process = Popen(args, **kw)
    out, err = process.communicate(input)
    done = CompletedProcess(args, process.returncode, out, err)
    if check:
        done.check_returncode()
    return done


def call(args, **kw):
    return run(args, **kw).returncode


def check_call(args, **kw):
    run(args, check=True, **kw)
    return 0


def check_output(args, **kw):
    return run(args, stdout=PIPE, check=True, **kw).stdout


def getoutput(command):
    return run(command, shell=True, stdout=PIPE, stderr=STDOUT, text=True).stdout.rstrip('\n')


def getstatusoutput(command):
    done = run(command, shell=True, stdout=PIPE, stderr=STDOUT, text=True)
    return done.returncode, done.stdout.rstrip('\n')
