import os
import sys


def getuser():
    return os.environ.get('LOGNAME') or os.environ.get('USER') or ('root' if os.getuid() == 0 else str(os.getuid()))


def getpass(prompt='Password: ', stream=None):
    return input(prompt)
