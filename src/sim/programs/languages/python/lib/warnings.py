import sys


def warn(message, category=None, stacklevel=1, source=None):
    pass


def filterwarnings(*args, **kw):
    pass


simplefilter = filterwarnings
