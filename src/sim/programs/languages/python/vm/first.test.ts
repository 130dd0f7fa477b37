import { expect, it } from 'vitest';
import { testMachine } from '../../../../kernel/testing.ts';
import { runPython } from '../run.ts';
const m = () => testMachine();
const job = (text: string) => ({ kind: 'command' as const, text, argv: ['-c'], version: '3.14.7', prefix: '/usr/local', executable: '/usr/local/bin/python3', unbuffered: false, inspect: false });
it('runs', async () => {
  const t0 = performance.now();
  const r = await m().runLazy(() => runPython(job('print(1+1)\nimport math\nprint(math.pi)\ns=0\nfor i in range(300000): s+=i\nprint(s)\nl=[]\nfor i in range(200000): l=[str(i)*10]\nprint(l)')));
  console.log(performance.now() - t0, r);
  expect(r.exit).toBe(0);
});
it('fn', async () => {
  const t0 = performance.now();
  const r = await m().runLazy(() => runPython(job('def f(n):\n  return n if n<2 else f(n-1)+f(n-2)\nprint(f(24))\ndef g(n):\n  return 0 if n==0 else 1+g(n-1)\nfor d in (50,100,200,300,400,600,800,990,1500):\n  try: print(g(d))\n  except Exception as e: print(d, repr(e)); break\n')));
  console.log(performance.now() - t0, r);
});
