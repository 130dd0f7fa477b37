import os
import sys


def python_version():
    return sys.version.split()[0]


def python_implementation():
    return 'CPython'


def system():
    return os.uname().sysname


def node():
    return os.uname().nodename


def release():
    return os.uname().release


def version():
    return os.uname().version


def machine():
    return os.uname().machine


def processor():
    return ''


def architecture():
    return '64bit', 'ELF'


uname = os.uname


def platform(aliased=False, terse=False):
    libc = 'musl1.2.5' if os.path.exists('/lib/ld-musl-x86_64.so.1') else 'glibc2.41'
    return '%s-%s-%s-with-%s' % (system(), release(), machine(), libc)
