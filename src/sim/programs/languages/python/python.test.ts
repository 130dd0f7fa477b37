import { describe, expect, it } from 'vitest';
import { testMachine } from '../../../kernel/testing.ts';
import { createShellPrograms } from '../../../shell/index.ts';
import { allPrograms } from '../../index.ts';
import recorded from './recorded/recorded.json' with { type: 'json' };

const scripts = import.meta.glob<string>('./recorded/*.py', { query: '?raw', import: 'default', eager: true });
const machine = (files: Record<string, string> = {}) => testMachine({ programs: [...allPrograms(), ...createShellPrograms()], files });
const python = (text: string, stdin = '') => machine().runLazy(['python3', '-c', text], { stdin });

describe('scripts print what they print on CPython', () => {
  for (const [name, { stdin, ...expected }] of Object.entries(recorded))
    it(name, async () => {
      const text = scripts[`./recorded/${name}`];
      expect(await machine({ '/tmp/script.py': text }).runLazy(['python3', '/tmp/script.py'], { stdin })).toEqual(expected);
    });
});

describe('what the program may not do', () => {
  it('reaches no JavaScript', async () => {
    const script = `
import js, jsffi
print(dir(js))
for attempt in ("js.globalThis", "js.Date", "js.constructor", "js()", "jsffi.to_js(print).constructor", "jsffi.create_proxy(print)(1)", "jsffi.JsProxy()",
                "().__class__.__bases__[0].__subclasses__()", "jsffi.to_js({}).constructor.constructor('return process')()"):
    try:
        print(attempt, eval(attempt))
    except Exception as e:
        print(attempt, type(e).__name__)
`;
    const { stdout } = await python(script);
    expect(stdout).toBe(
      [
        "['__class__', '__name__', '__dict__']",
        'js.globalThis AttributeError',
        'js.Date AttributeError',
        'js.constructor AttributeError',
        'js() TypeError',
        'jsffi.to_js(print).constructor AttributeError',
        'jsffi.create_proxy(print)(1) TypeError',
        'jsffi.JsProxy() TypeError',
        '().__class__.__bases__[0].__subclasses__() AttributeError',
        "jsffi.to_js({}).constructor.constructor('return process')() AttributeError",
        '',
      ].join('\n'),
    );
  });

  it('runs out of memory as Python does', async () => {
    expect(await python('x = "a"\nwhile True: x += x')).toEqual({
      stdout: '',
      stderr: 'Traceback (most recent call last):\n  File "<string>", line 2, in <module>\n    while True: x += x\nMemoryError\n',
      exit: 1,
    });
  });

  it('stays within its recursion limit', async () => {
    const { stderr } = await python('def f(n): return f(n + 1)\nf(0)');
    expect(stderr).toMatch(/\[Previous line repeated \d+ more times\]\nRecursionError: maximum recursion depth exceeded\n$/);
  });

  it('is stopped when one built-in operation runs for too long', async () => {
    expect(await python('print("a")\nmax(range(2 ** 30 - 1))')).toEqual({
      stdout: 'a\n',
      stderr: 'drydock: stopped: the program ran in one built-in operation for too long\n',
      exit: 134,
    });
  }, 60_000);
});

describe('time and signals', () => {
  it('sleeps in virtual time', async () => {
    expect(await python('import time\na = time.time()\ntime.sleep(3600 * 0.5)\nprint(round(time.time() - a))')).toEqual({
      stdout: '1800\n',
      stderr: '',
      exit: 0,
    });
  });

  it('collects garbage while it runs', async () => {
    expect(await python('for i in range(3000):\n    x = [str(i)] * 5000\nprint(len(x))')).toEqual({
      stdout: '5000\n',
      stderr: '',
      exit: 0,
    });
  });

  it('ends a loop with Ctrl-C', async () => {
    const kill = await machine().runLazy([
      'python3',
      '-c',
      'import os, signal, time\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\n    time.sleep(5)\nfinally:\n    print("cleaned")',
    ]);
    expect(kill).toEqual({
      stdout: 'cleaned\n',
      stderr: expect.stringMatching(/^Traceback \(most recent call last\):\n[\s\S]*KeyboardInterrupt\n$/),
      exit: 130,
    });
  });

  it('runs a handler for SIGTERM', async () => {
    const script =
      'import os, signal, sys, time\ndef stop(number, frame):\n    print("stopping", number)\n    sys.exit(0)\nsignal.signal(signal.SIGTERM, stop)\nos.kill(os.getpid(), signal.SIGTERM)\ntime.sleep(60)';
    expect(await python(script)).toEqual({ stdout: 'stopping 15\n', stderr: '', exit: 0 });
  });
});

describe('the command line', () => {
  it('talks on a terminal', async () => {
    const { stdout } = await machine().runLazy(['python3'], { tty: true, stdin: '1 + 1\nfor i in range(2):\n    print(i)\n\nx\nexit()\n' });
    expect(stdout.replaceAll('\r', '')).toContain('>>> 2\n');
    expect(stdout.replaceAll('\r', '')).toContain("NameError: name 'x' is not defined\n");
  });

  it('knows -m, -c without text, and files that are not there', async () => {
    expect(await machine().runLazy(['python3', '/tmp/no.py'])).toEqual({
      stdout: '',
      stderr: "python3: can't open file '/tmp/no.py': [Errno 2] No such file or directory\n",
      exit: 2,
    });
    expect(await machine().runLazy(['python3', '-m', 'nope'])).toEqual({
      stdout: '',
      stderr: '/usr/bin/python3: No module named nope\n',
      exit: 1,
    });
    expect(await machine().runLazy(['python3', '-'], { stdin: 'print(40 + 2)' })).toEqual({ stdout: '42\n', stderr: '', exit: 0 });
  });

  it('imports the modules beside the script', async () => {
    const files = {
      '/app/main.py': 'from pkg.tools import hi\nimport helper\nprint(hi(), helper.x, __name__, __file__)',
      '/app/helper.py': 'x = 1',
      '/app/pkg/__init__.py': '',
      '/app/pkg/tools.py': 'from . import other\ndef hi(): return other.y',
      '/app/pkg/other.py': 'y = 2',
    };
    expect(await machine(files).runLazy(['python3', 'main.py'], { cwd: '/app' })).toEqual({
      stdout: '2 1 __main__ /app/main.py\n',
      stderr: '',
      exit: 0,
    });
  });
});
