class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


class _Generated:
    def __init__(self, generator):
        self._generator = generator

    def __enter__(self):
        return next(self._generator)

    def __exit__(self, kind, error, trace):
        if error is None:
            try:
                next(self._generator)
            except StopIteration:
                pass
            return False
        try:
            self._generator.throw(error)
        except StopIteration:
            return True
        return False


def contextmanager(function):
    def made(*args, **kwargs):
        return _Generated(function(*args, **kwargs))
    return made


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *args):
        self.thing.close()


class suppress(AbstractContextManager):
    def __init__(self, *kinds):
        self._kinds = kinds

    def __exit__(self, kind, error, trace):
        return kind is not None and issubclass(kind, self._kinds)


class _Redirect:
    def __init__(self, target):
        self._target = target

    def __enter__(self):
        import sys
        self._old = getattr(sys, self._name)
        setattr(sys, self._name, self._target)
        return self._target

    def __exit__(self, *args):
        import sys
        setattr(sys, self._name, self._old)


class redirect_stdout(_Redirect):
    _name = 'stdout'


class redirect_stderr(_Redirect):
    _name = 'stderr'


class nullcontext:
    def __init__(self, value=None):
        self._value = value

    def __enter__(self):
        return self._value

    def __exit__(self, *args):
        pass
