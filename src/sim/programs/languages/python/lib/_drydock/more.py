"""What the interpreter's own modules collections, functools, itertools and math lack."""
import collections
import functools
import itertools
import math


class Counter(dict):
    def __init__(self, items=(), **kw):
        super().__init__()
        self.update(items, **kw)

    def __missing__(self, key):
        return 0

    def __getitem__(self, key):
        return self.get(key, 0)

    def update(self, items=(), **kw):
        if hasattr(items, 'items'):
            for k, n in items.items():
                self[k] = self.get(k, 0) + n
        else:
            for k in items:
                self[k] = self.get(k, 0) + 1
        for k, n in kw.items():
            self[k] = self.get(k, 0) + n

    def most_common(self, n=None):
        found = sorted(self.items(), key=lambda i: -i[1])
        return found if n is None else found[:n]

    def elements(self):
        for k, n in self.items():
            for _ in range(n):
                yield k

    def total(self):
        return sum(self.values())

    def __repr__(self):
        return 'Counter({%s})' % ', '.join(['%r: %r' % i for i in self.most_common()])


class deque:
    def __init__(self, items=(), maxlen=None):
        self._items = []
        self.maxlen = maxlen
        self.extend(items)

    def append(self, item):
        self._items.append(item)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._items.pop(0)

    def appendleft(self, item):
        self._items.insert(0, item)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._items.pop()

    def extend(self, items):
        for item in items:
            self.append(item)

    def extendleft(self, items):
        for item in items:
            self.appendleft(item)

    def pop(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop(0)

    def clear(self):
        self._items = []

    def rotate(self, n=1):
        for _ in range(n % len(self._items) if self._items else 0):
            self._items.insert(0, self._items.pop())

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __getitem__(self, i):
        return self._items[i]

    def __setitem__(self, i, value):
        self._items[i] = value

    def __contains__(self, item):
        return item in self._items

    def __repr__(self):
        return 'deque(%r%s)' % (self._items, '' if self.maxlen is None else ', maxlen=%d' % self.maxlen)


class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for m in self.maps:
            if key in m:
                return m[key]
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return any([key in m for m in self.maps])


def wraps(wrapped, **kw):
    return lambda wrapper: wrapper


def lru_cache(maxsize=128, typed=False):
    def decorate(function):
        kept = {}

        def cached(*args, **kwargs):
            key = (args, tuple(kwargs.items()))
            if key not in kept:
                kept[key] = function(*args, **kwargs)
            return kept[key]
        return cached
    if callable(maxsize):
        function, maxsize = maxsize, 128
        return decorate(function)
    return decorate


class cached_property:
    def __init__(self, function):
        self._function = function

    def __get__(self, thing, kind=None):
        return self._function(thing)


def total_ordering(kind):
    return kind


def product(*pools, repeat=1):
    found = [()]
    for pool in [list(p) for p in pools] * repeat:
        found = [f + (x,) for f in found for x in pool]
    return iter(found)


def permutations(items, r=None):
    items = list(items)
    r = len(items) if r is None else r
    for index in product(range(len(items)), repeat=r):
        if len(set(index)) == r:
            yield tuple([items[i] for i in index])


def combinations(items, r):
    items = list(items)
    for index in product(range(len(items)), repeat=r):
        if list(index) == sorted(set(index)):
            yield tuple([items[i] for i in index])


def groupby(items, key=None):
    group, last, first = [], None, True
    for item in items:
        k = key(item) if key else item
        if first or k != last:
            if not first:
                yield last, iter(group)
            group, last, first = [], k, False
        group.append(item)
    if not first:
        yield last, iter(group)


def accumulate(items, function=None):
    total, first = None, True
    for item in items:
        total = item if first else function(total, item) if function else total + item
        first = False
        yield total


def zip_longest(*its, fillvalue=None):
    lists = [list(i) for i in its]
    for n in range(max([len(l) for l in lists])):
        yield tuple([l[n] if n < len(l) else fillvalue for l in lists])


def pairwise(items):
    items = list(items)
    return zip(items, items[1:])


def batched(items, n):
    items = list(items)
    for i in range(0, len(items), n):
        yield tuple(items[i:i + n])


def gcd(*numbers):
    found = 0
    for n in numbers:
        while n:
            found, n = n, found % n
    return abs(found)


def lcm(a, b):
    return abs(a * b) // gcd(a, b) if a and b else 0


def comb(n, k):
    return math.factorial(n) // math.factorial(k) // math.factorial(n - k) if 0 <= k <= n else 0


def isqrt(n):
    x = n
    y = (x + 1) // 2
    while y < x:
        x = y
        y = (x + n // x) // 2
    return x


def prod(items, start=1):
    for i in items:
        start *= i
    return start


def hypot(*parts):
    return math.sqrt(sum([p * p for p in parts]))


def dist(a, b):
    return hypot(*[x - y for x, y in zip(a, b)])


def _add(module, *things):
    for thing in things:
        name = thing.__name__
        if not hasattr(module, name):
            try:
                setattr(module, name, thing)
            except AttributeError:
                pass


def fill():
    _add(collections, Counter, ChainMap)
    collections.deque = deque
    collections.UserDict, collections.UserList = dict, list
    functools.wraps = wraps
    _add(functools, lru_cache, cached_property, total_ordering)
    functools.cache = lru_cache
    _add(itertools, product, permutations, combinations, groupby, accumulate, zip_longest, pairwise, batched)
