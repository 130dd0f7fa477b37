/** The user whom workers run as. */
import type { Sim } from '../../../kernel/sim.ts';
import { readText, statOrNull } from '../../../kernel/syscalls.ts';

/** Numbers of a user, if /etc/passwd has it. */
export function* userIds(name: string): Sim<{ uid: number; gid: number } | undefined> {
  const text = (yield* statOrNull('/etc/passwd')) ? yield* readText('/etc/passwd') : '';
  const fields = text
    .split('\n')
    .map((line) => line.split(':'))
    .find((f) => f[0] === name);
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]) };
}
