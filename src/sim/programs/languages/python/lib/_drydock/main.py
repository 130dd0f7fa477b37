import sys
import builtins
from _drydock import kernel

def run(job, lib):
    print(job)
    import time
    exec(compile(job['text'], job['argv'][0], 'exec'), {'__name__': '__main__'})
