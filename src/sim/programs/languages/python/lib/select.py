from _drydock.kernel import ask as _ask

error = OSError


def _fd(thing):
    return thing if isinstance(thing, int) else thing.fileno()


def select(reads, writes, errors, timeout=None):
    r, w = _ask('poll', [_fd(f) for f in reads], [_fd(f) for f in writes], None if timeout is None else int(timeout * 1000000))
    return [f for f in reads if _fd(f) in r], [f for f in writes if _fd(f) in w], []
