"""Names for annotations, which are not looked at."""


class _Any:
    def __getitem__(self, key):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self


Any = Union = Optional = List = Dict = Tuple = Set = FrozenSet = Callable = Iterable = Iterator = Sequence = Mapping = Type = Literal = _Any()
Generator = ClassVar = Final = Annotated = Awaitable = Coroutine = AsyncIterator = MutableMapping = Deque = DefaultDict = NoReturn = Self = Text = _Any()
TYPE_CHECKING = False


class Generic:
    pass


class Protocol:
    pass


def TypeVar(name, *args, **kw):
    return _Any()


def cast(kind, value):
    return value


def NamedTuple(name, fields):
    from collections import namedtuple
    return namedtuple(name, [f[0] for f in fields])


def overload(function):
    return function
