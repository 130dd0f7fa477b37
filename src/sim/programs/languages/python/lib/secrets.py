from _drydock.kernel import call as _call
from random import choice, randint


def token_bytes(n=32):
    return _call('random', n)[1]


def token_hex(n=32):
    return token_bytes(n).hex()


def token_urlsafe(n=32):
    import binascii
    return binascii.b2a_base64(token_bytes(n)).decode().rstrip('=\n').replace('+', '-').replace('/', '_')


def randbelow(n):
    return randint(0, n - 1)


def compare_digest(a, b):
    return a == b
