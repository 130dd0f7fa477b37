_functions = []


def register(function, *args, **kwargs):
    _functions.append((function, args, kwargs))
    return function


def unregister(function):
    _functions[:] = [f for f in _functions if f[0] != function]


def _run():
    while _functions:
        function, args, kwargs = _functions.pop()
        function(*args, **kwargs)
