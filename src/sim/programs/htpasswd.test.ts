import { expect, test } from 'vitest';
import { testMachine } from '../kernel/testing.ts';
import { bcryptMatches } from '../lib/bcrypt.ts';
import { program } from './htpasswd.ts';

test('prints a line that its own check takes', () => {
  const { stdout, exit } = testMachine({ programs: [program] }).run(['htpasswd', '-Bbn', 'ada', 'secret']);
  expect(exit).toBe(0);
  const [, user, hash] = /^(\w+):(\S+)\n\n$/.exec(stdout) ?? [];
  expect(user).toBe('ada');
  expect(bcryptMatches('secret', hash)).toBe(true);
});

test('keeps a file, and checks against it', () => {
  const machine = testMachine({ programs: [program] });
  expect(machine.run(['htpasswd', '-Bb', '/tmp/x', 'ada', 'one'])).toMatchObject({
    exit: 1,
    stderr: "htpasswd: cannot modify file /tmp/x; use '-c' to create it\n",
  });
  expect(machine.run(['htpasswd', '-Bbc', '/tmp/x', 'ada', 'one']).stderr).toBe('Adding password for user ada\n');
  expect(machine.run(['htpasswd', '-Bb', '/tmp/x', 'ada', 'two']).stderr).toBe('Updating password for user ada\n');
  expect(machine.run(['htpasswd', '-vb', '/tmp/x', 'ada', 'two'])).toMatchObject({ exit: 0, stderr: 'Password for user ada correct.\n' });
  expect(machine.run(['htpasswd', '-vb', '/tmp/x', 'ada', 'one']).exit).toBe(3);
  expect(machine.run(['htpasswd', '-D', '/tmp/x', 'ada']).stderr).toBe('Deleting password for user ada\n');
});
