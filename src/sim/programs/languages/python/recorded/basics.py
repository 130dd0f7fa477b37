print("Hello", 1, 2.5, None, True, [1, "a"], (1,), {"b": 1, "a": 2}, sep="|")
print(f"{3.14159:.2f} {'x':>5} {1000000:,} {255:x} {'a'!r}", "%s-%03d" % ("n", 7))
print("ab".ljust(4) + "|", "x".zfill(3), "hello world".title(), "a,b".split(","), 0.1 + 0.2, 2 ** 100, 7 // 2, -7 % 3)
words = "the cat the dog".split()
counts = {}
for w in words:
    counts[w] = counts.get(w, 0) + 1
print(counts, sorted(counts), max(counts.values()))
print([x * x for x in range(5) if x % 2], {k: v for k, v in zip("ab", range(2))})


class Animal:
    kind = "animal"

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"

    @property
    def loud(self):
        return self.name.upper()


class Dog(Animal):
    def __init__(self, name):
        super().__init__(name)


d = Dog("rex")
print(d, d.loud, isinstance(d, Animal), Dog.kind)


def gen(n):
    for i in range(n):
        yield i


print(list(gen(3)), sum(gen(4)), any(gen(2)))
