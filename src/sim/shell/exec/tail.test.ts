import { expect, it } from 'vitest';
import { TestSession } from '../testing.ts';

/** Whether the program of `text` (`SELF`: a shell that prints its own pid) has taken the process of the shell that was told to run it. */
function takesOver(shell: string, text: string): boolean {
  const command = `echo $$; ${text.replace('SELF', () => "sh -c 'echo $$'")}`;
  const { stdout } = new TestSession().step(`${shell} -c "${command.replaceAll('$', '\\$')}"`);
  const [mine, its] = stdout.trim().split('\n');
  expect(its).toMatch(/^\d+$/);
  return mine === its;
}

// What bash 5.2, dash 0.5.12 and BusyBox 1.37 do, as `ps` shows it.
it.each([
  ['SELF', { bash: true, dash: false, ash: true }],
  ['A=1 SELF', { bash: true, dash: false, ash: true }],
  ['SELF 2>/dev/null', { bash: false, dash: false, ash: true }],
  ['true\nSELF', { bash: true, dash: false, ash: true }],
  ['true\nSELF\n', { bash: true, dash: false, ash: false }],
  ['true\ntrue && SELF', { bash: true, dash: false, ash: true }],
  ['true && SELF', { bash: false, dash: false, ash: true }],
  ['{ SELF; }', { bash: false, dash: false, ash: true }],
  ['if true; then SELF; fi', { bash: false, dash: false, ash: true }],
  ['for i in 1; do SELF; done', { bash: false, dash: false, ash: false }],
  ['f() { SELF; }; f', { bash: false, dash: false, ash: false }],
  ['SELF; true', { bash: false, dash: false, ash: false }],
  ['! SELF', { bash: false, dash: false, ash: false }],
  ["trap '' INT; SELF", { bash: true, dash: false, ash: false }],
  ['trap : EXIT; SELF', { bash: false, dash: false, ash: false }],
])('the last command of -c takes the process of the shell over: %s', (text, expected) => {
  expect({ bash: takesOver('bash', text), dash: takesOver('dash', text), ash: takesOver('ash', text) }).toEqual(expected);
});

it('a name that is no command leaves the status of the shell', () => {
  expect(new TestSession().step("bash -c 'nosuch'").exit).toBe(127);
});
