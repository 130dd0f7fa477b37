from _drydock import kernel

_NAMES = {1: 'SIGHUP', 2: 'SIGINT', 3: 'SIGQUIT', 6: 'SIGABRT', 9: 'SIGKILL', 10: 'SIGUSR1', 12: 'SIGUSR2', 13: 'SIGPIPE', 14: 'SIGALRM', 15: 'SIGTERM',
          17: 'SIGCHLD', 18: 'SIGCONT', 19: 'SIGSTOP', 20: 'SIGTSTP', 28: 'SIGWINCH'}


class Signals(int):
    @property
    def name(self):
        return _NAMES[int(self)]

    @property
    def value(self):
        return int(self)

    def __repr__(self):
        return '<Signals.%s: %d>' % (self.name, int(self))


SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGKILL, SIGUSR1, SIGUSR2 = 1, 2, 3, 6, 9, 10, 12
SIGPIPE, SIGALRM, SIGTERM, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGWINCH = 13, 14, 15, 17, 18, 19, 20, 28
SIG_DFL, SIG_IGN = 0, 1


def default_int_handler(number, frame):
    raise KeyboardInterrupt


kernel.handlers[2] = default_int_handler


def _name(number):
    return _NAMES[int(number)]


def getsignal(number):
    return kernel.handlers.get(int(number), SIG_DFL)


def signal(number, handler):
    number = int(number)
    old = getsignal(number)
    kernel.handlers[number] = handler
    kernel.ask('sigaction', _NAMES[number], number, 'default' if handler == SIG_DFL else 'ignore' if handler == SIG_IGN else
               'interrupt' if handler is default_int_handler else 'handler')
    return old


def raise_signal(number):
    kernel.ask('kill', kernel.ask('getpid'), _NAMES[int(number)])


def pause():
    kernel.once('pause')


def strsignal(number):
    return {2: 'Interrupt', 9: 'Killed', 15: 'Terminated'}.get(int(number), _NAMES.get(int(number)))


def alarm(seconds):
    return 0
