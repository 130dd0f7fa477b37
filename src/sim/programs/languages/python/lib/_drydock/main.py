"""Sets the interpreter up as CPython is and runs the job."""
import sys as _sys
import builtins
from _drydock import kernel


def run(job, lib):
    from _drydock import natives
    natives.complete()
    from _drydock import names
    import _drydock.system as system
    system.fill(job, lib)
    names.fill()
    _sys.modules['sys'] = system
    from _drydock import trace, more
    more.fill()
    status = 0
    try:
        _run(job, system)
    except SystemExit as e:
        status = _exit_status(e, system)
    except BaseException as e:
        status = trace.uncaught(e)
    try:
        import atexit
        atexit._run()
        from _drydock import files
        files.flush_all()
    except BaseException as e:
        trace.uncaught(e)
        status = 1
    kernel.ask('status', status)


def _exit_status(e, system):
    code = e.args[0] if e.args else None
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 255
    system.stderr.write(str(code) + '\n')
    return 1


def _run(job, system):
    kind = job['kind']
    text = job['text']
    system.argv[:] = job['argv']
    import __main__ as main
    _sys.modules['__main__'] = main
    del main._start
    del main.sys
    if kind == 'file':
        path = kernel.ask('realpath', text)
        system.path.insert(0, path[:path.rfind('/')] or '/')
        execute(kernel.read_text(text), text if text.startswith('/') else kernel.ask('getcwd') + '/' + text, main)
    elif kind == 'module':
        system.path.insert(0, kernel.ask('getcwd'))
        from _drydock import modules
        modules.run(text, main)
    elif kind == 'command':
        system.path.insert(0, '')
        execute(text, '<string>', main)
    elif kind == 'stdin':
        system.path.insert(0, '')
        execute(system.stdin.read(), '<stdin>', main)
    else:
        system.path.insert(0, '')
        from _drydock import repl
        repl.talk(main, job)
        return
    if job['inspect']:
        from _drydock import repl
        repl.talk(main, job)


def execute(text, name, main):
    from _drydock import trace, more
    more.fill()
    trace.sources[name] = text
    if name[0] != '<':
        main.__file__ = name
    exec(compile(text, name, 'exec'), main.__dict__)
