from _drydock import kernel as _kernel

_native = _kernel.natives['random']
random = _native.random
uniform = _native.uniform
randrange = _native.randrange
getrandbits = _native.getrandbits


def randint(a, b):
    return _native.randint(a, b)


def seed(a=None, version=2):
    _native.seed(hash(a) & 0x7fffffff if a is not None else _kernel.call('random', 3)[1][0])


def choice(seq):
    if not len(seq):
        raise IndexError('Cannot choose from an empty sequence')
    return seq[_native.randrange(len(seq))]


def choices(population, weights=None, cum_weights=None, k=1):
    if weights is None:
        return [choice(population) for _ in range(k)]
    total = sum(weights)
    out = []
    for _ in range(k):
        at = random() * total
        for item, weight in zip(population, weights):
            at -= weight
            if at < 0:
                break
        out.append(item)
    return out


def shuffle(x):
    for i in range(len(x) - 1, 0, -1):
        j = _native.randrange(i + 1)
        x[i], x[j] = x[j], x[i]


def sample(population, k):
    if k > len(population):
        raise ValueError('Sample larger than population or is negative')
    pool = list(population)
    shuffle(pool)
    return pool[:k]


def randbytes(n):
    return bytes([getrandbits(8) for _ in range(n)])


def gauss(mu=0.0, sigma=1.0):
    import math
    return mu + sigma * math.sqrt(-2.0 * math.log(1.0 - random())) * math.cos(2 * math.pi * random())


normalvariate = gauss


class SystemRandom:
    pass


class Random:
    def __init__(self, seed=None):
        pass


for _f in (random, uniform, randrange, randint, choice, choices, shuffle, sample):
    setattr(Random, _f.__name__ if hasattr(_f, '__name__') else 'random', staticmethod(_f))
