"""Threads of one interpreter: there is one flow of control, so a thread runs when it is started, until it ends."""
import time as _time

_main = None
_current = None
_count = 0
TIMEOUT_MAX = 9223372036.0


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, daemon=None):
        global _count
        _count += 1
        self._target = target
        self._args = args
        self._kwargs = kwargs or {}
        self.name = name or 'Thread-%d' % _count + (' (%s)' % target.__name__ if target and hasattr(target, '__name__') else '')
        self.daemon = bool(daemon)
        self.ident = None
        self._alive = False

    def start(self):
        global _current
        if self.ident is not None:
            raise RuntimeError('threads can only be started once')
        self.ident = _count
        before = current_thread()
        _current = self
        self._alive = True
        try:
            self.run()
        except SystemExit:
            pass
        except Exception as e:
            import sys
            from _drydock import trace
            sys.stderr.write('Exception in thread %s:\n%s' % (self.name, ''.join(trace.format_exception(e))))
        finally:
            self._alive = False
            _current = before

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def join(self, timeout=None):
        pass

    def is_alive(self):
        return self._alive

    def setDaemon(self, daemon):
        self.daemon = daemon

    def getName(self):
        return self.name

    @property
    def native_id(self):
        return self.ident

    def __repr__(self):
        return '<Thread(%s, started %s)>' % (self.name, self.ident)


class Timer(Thread):
    def __init__(self, interval, function, args=(), kwargs=None):
        Thread.__init__(self, target=function, args=args, kwargs=kwargs)
        self.interval = interval
        self._cancelled = False

    def cancel(self):
        self._cancelled = True

    def run(self):
        _time.sleep(self.interval)
        if not self._cancelled:
            Thread.run(self)


def current_thread():
    global _main, _current
    if _main is None:
        _main = Thread(name='MainThread')
        _main.ident = 1
        _main._alive = True
        _current = _current or _main
    return _current


currentThread = current_thread


def main_thread():
    current_thread()
    return _main


def get_ident():
    return current_thread().ident


get_native_id = get_ident


def active_count():
    return 1


def enumerate():
    return [current_thread()]


class Lock:
    def __init__(self):
        self._held = 0

    def acquire(self, blocking=True, timeout=-1):
        self._held += 1
        return True

    def release(self):
        if not self._held:
            raise RuntimeError('release unlocked lock')
        self._held -= 1

    def locked(self):
        return self._held > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *args):
        self.release()


RLock = Lock


class Semaphore(Lock):
    def __init__(self, value=1):
        Lock.__init__(self)

    def release(self, n=1):
        self._held -= n


BoundedSemaphore = Semaphore


class Event:
    def __init__(self):
        self._set = False

    def is_set(self):
        return self._set

    def set(self):
        self._set = True

    def clear(self):
        self._set = False

    def wait(self, timeout=None):
        if not self._set and timeout is not None:
            _time.sleep(timeout)
        elif not self._set:
            from signal import pause
            while not self._set:
                pause()
        return self._set


class Condition(Lock):
    def __init__(self, lock=None):
        Lock.__init__(self)

    def wait(self, timeout=None):
        return True

    def notify(self, n=1):
        pass

    notify_all = notify


class local:
    pass
