/** What a service's processes take, as `systemctl status` tells it: from /proc, for the main process and what it has started. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { readdir, readText } from '../../kernel/syscalls.ts';

interface Taken {
  readonly pid: number;
  readonly parent: number;
  readonly tasks: number;
  readonly bytes: number;
  /** Clock ticks of 10 ms. */
  readonly ticks: number;
}

/** The lines Tasks, Memory and CPU. */
export function* resourceLines(mainPid: number): Sim<readonly string[]> {
  const all = yield* processes();
  const own: Taken[] = all.filter((p) => p.pid === mainPid);
  for (const p of own) own.push(...all.filter((child) => child.parent === p.pid));
  const sum = (key: 'tasks' | 'bytes' | 'ticks') => own.reduce((n, p) => n + p[key], 0);
  return [
    `      Tasks: ${sum('tasks')} (limit: 4714)`,
    `     Memory: ${(sum('bytes') / 2 ** 20).toFixed(1)}M`,
    `        CPU: ${cpuTime(sum('ticks') * 10)}`,
  ];
}

const cpuTime = (ms: number): string => (ms < 1000 ? `${ms}ms` : `${(ms / 1000).toFixed(3).replace(/\.?0+$/, '')}s`);

function* processes(): Sim<readonly Taken[]> {
  const out: Taken[] = [];
  for (const { name } of yield* readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = yield* readText(`/proc/${name}/status`);
      const fields = (yield* readText(`/proc/${name}/stat`)).replace(/^.*\) /, '').split(' ');
      out.push({
        pid: Number(name),
        parent: Number(fields[1]),
        tasks: Number(/^Threads:\s*(\d+)/m.exec(status)?.[1] ?? 1),
        bytes: Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) * 1024,
        ticks: Number(fields[11]) + Number(fields[12]),
      });
    } catch (error) {
      // It has ended in the meantime.
      if (!isErrno(error)) throw error;
    }
  }
  return out;
}
