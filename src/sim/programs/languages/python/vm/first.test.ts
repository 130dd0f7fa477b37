import { it } from 'vitest';
import { readFileSync } from 'node:fs';
import { testMachine } from '../../../../kernel/testing.ts';
import { runPython } from '../run.ts';
const job = (text: string) => ({ kind: 'command' as const, text, argv: ['-c'], version: '3.14.7', prefix: '/usr/local', executable: '/usr/local/bin/python3', unbuffered: false, inspect: false, path: '', venv: null });
for (const code of readFileSync('/tmp/h8tools/cases.py', 'utf8').split('####\n')) it('runs', async () => {
  const r = await testMachine().runLazy(() => runPython(job(code)));
  console.log(r.stdout+'--\n'+ r.stderr, r.exit);
});
