/** `docker top`: the host's `ps`, its lines cut down to the container's processes. */
import type { TopResponse } from '../../api/types/container.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, findExecutable, pipe, readAll, spawn, waitpid } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { system } from '../errors.ts';
import { findContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import type { ContainerServices } from './services.ts';
import { isRunning, notRunning, restarting } from './state.ts';

export function* top(d: ContainerServices, name: string, psArgs: string): Sim<TopResponse> {
  const args = psArgs === '' ? '-ef' : psArgs;
  for (const [, key, value] of args.matchAll(/\s+([^\s]*)=\s*(PID[^\s]*)/g)) {
    if (key !== 'pid') throw system(`specifying "${key}=${value}" is not allowed`);
  }
  const c = findContainer(d.records, name);
  const task = d.live.container(c.id).task;
  if (!isRunning(c)) throw notRunning(c.id);
  if (c.state.status === 'restarting' || !task) throw restarting(c.id);
  const pids = task.pids();
  const words = args.split(' ').filter((word) => word !== '');
  let output = yield* runPs([...words, `-q${pids.join(',')}`]);
  if (output.status !== 0) output = yield* runPs(words);
  if (output.status !== 0) throw system(`ps: ${output.stderr.split('\n', 1)[0] || `exit status ${output.status}`}`);
  const answer = parsePs(output.stdout, pids);
  const cause: Cause = { kind: 'process', id: task.pid, text: 'top' };
  logContainerEvent(d, cause, c, 'top');
  return answer;
}

function* runPs(args: readonly string[]): Sim<{ stdout: string; stderr: string; status: number }> {
  const path = yield* findExecutable('ps', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
  if (path === null) throw system('exec: "ps": executable file not found in $PATH');
  const [outRead, outWrite] = yield* pipe({ cloexec: true });
  const [errRead, errWrite] = yield* pipe({ cloexec: true });
  const pid = yield* spawn({
    path,
    argv: ['ps', ...args],
    fds: new Map([
      [1, outWrite],
      [2, errWrite],
    ]),
  });
  yield* close(outWrite);
  yield* close(errWrite);
  const stdout = decodeUtf8(yield* readAll(outRead));
  const stderr = decodeUtf8(yield* readAll(errRead));
  yield* close(outRead);
  yield* close(errRead);
  const ended = yield* waitpid(pid);
  return { stdout, stderr, status: ended?.status.kind === 'exited' ? ended.status.code : 1 };
}

/** Cuts ps's table by its title line; the last column keeps its blanks' words. Throws if there is no PID column. */
export function parsePs(output: string, pids: readonly number[]): TopResponse {
  const fields = (line: string): string[] => line.split(/[\t\n\f\r ]+/).filter((field) => field !== '');
  const [head = '', ...lines] = output.split('\n');
  const titles = fields(head);
  const at = titles.indexOf('PID');
  if (at < 0) throw system("Couldn't find PID field in ps output");
  const processes: string[][] = [];
  let ours = false;
  for (const line of lines) {
    if (line === '') continue;
    const parts = fields(line);
    const pid = parts[at];
    if (pid === '-') {
      if (ours) processes.push(row(parts, titles.length));
      continue;
    }
    if (!/^\d+$/.test(pid ?? '')) throw system(`Unexpected pid '${pid}': strconv.Atoi: parsing ${JSON.stringify(pid)}: invalid syntax`);
    ours = pids.includes(Number(pid));
    if (ours) processes.push(row(parts, titles.length));
  }
  return { Processes: processes, Titles: titles };
}

function row(parts: readonly string[], columns: number): string[] {
  return [...parts.slice(0, columns - 1), parts.slice(columns - 1).join(' ')];
}
