/** Who is here: users, who, w, last. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { isatty, ttyname, wallClock } from '../kernel/syscalls.ts';
import { formatTime } from './lib/calendar.ts';
import { UsageError } from './lib/failure.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { readSystem, TICKS_PER_SECOND } from './procps/processTable.ts';
import { type LoginSession, readSessions } from './procps/sessions.ts';
import { uptimeLine } from './uptime.ts';

const at = (session: LoginSession, format: string): string => formatTime(format, Math.floor(session.since) * 1e6);

/** Names of those logged in, sorted, on one line. */
export function* users(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, { short: '', usage: '[OPTION]... [FILE]', about: 'Prints the names of the users who are logged in.' });
  if (o.operands.length > 1) throw new UsageError(`extra operand ${quote(o.operands[1])}`);
  const names = (yield* readSessions()).map((s) => s.user).sort();
  if (names.length > 0) yield* t.print(`${names.join(' ')}\n`);
}

const WHO = {
  short: 'abdHlmpqrstTuw',
  long: {
    all: 'a',
    boot: 'b',
    dead: 'd',
    heading: 'H',
    login: 'l',
    message: 'T',
    mesg: 'T',
    writable: 'T',
    process: 'p',
    count: 'q',
    runlevel: 'r',
    short: 's',
    time: 't',
    users: 'u',
    lookup: 'lookup',
    ips: 'ips',
  },
  usage: '[OPTION]... [ FILE | ARG1 ARG2 ]',
  about: 'Prints who is logged in.',
};

export function* who(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, WHO);
  if (o.operands.length > 2) throw new UsageError(`extra operand ${quote(o.operands[2])}`);
  let sessions = yield* readSessions();
  if (o.has('m') || o.operands.length === 2) {
    const own = (yield* isatty(0)) ? (yield* ttyname(0)).replace('/dev/', '') : '';
    sessions = sessions.filter((s) => s.tty === own);
  }
  if (o.has('q')) {
    yield* t.print(`${sessions.map((s) => s.user).join(' ')}\n# users=${sessions.length}\n`);
    return;
  }
  if (t.busybox || o.has('H')) yield* t.print(heading(t, o.has('u') || o.has('a'), o.has('T') || o.has('w')));
  if (o.has('b') || o.has('a')) {
    const boot = (yield* wallClock()) / 1e6 - (yield* readSystem()).uptime;
    yield* t.print(`         system boot  ${formatTime('%Y-%m-%d %H:%M', Math.floor(boot) * 1e6)}\n`);
    if (!o.has('a')) return;
  }
  for (const s of sessions) {
    const message = o.has('T') || o.has('w') || o.has('a') ? ' +' : '';
    const idle = o.has('u') || o.has('a') ? `   .   ${String(s.pid).padStart(11)}` : '';
    yield* t.print(
      t.busybox
        ? `${s.user.padEnd(15)} ${s.tty.padEnd(15)} 00:00   ${at(s, '%b %e %H:%M:%S')} \n`
        : `${s.user.padEnd(8)}${message} ${s.tty.padEnd(12)} ${at(s, '%Y-%m-%d %H:%M')}${idle}\n`,
    );
  }
}

function heading(t: Tool, idle: boolean, message: boolean): string {
  if (t.busybox) return 'USER            TTY             IDLE    TIME            HOST\n';
  return `${'NAME'.padEnd(8)}${message ? '  ' : ''} ${'LINE'.padEnd(12)} ${'TIME'.padEnd(16)}${idle ? ' IDLE          PID' : ''} COMMENT\n`;
}

/** uptime's line, then what everyone is doing (procps). */
export function* w(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'hsuoifpt',
    long: { 'no-header': 'h', short: 's', 'no-current': 'u', from: 'f', 'ip-addr': 'i', 'old-style': 'o', pids: 'p', terminal: 't' },
    usage: '[options] [user]',
    about: 'Prints who is logged in and what they do.',
    version: 'procps-ng 4.0.4)',
  });
  const wanted = o.operands[0];
  const sessions = (yield* readSessions()).filter((s) => wanted === undefined || s.user === wanted);
  const from = !o.has('f');
  if (!o.has('h')) {
    yield* t.print(`${yield* uptimeLine()}\n`);
    yield* t.print(
      `${'USER'.padEnd(8)} ${'TTY'.padEnd(8)} ${from ? 'FROM             ' : ''}${o.has('s') ? ' IDLE ' : 'LOGIN@   IDLE   JCPU   PCPU '} WHAT\n`,
    );
  }
  const seconds = (ticks: number) => `${(ticks / TICKS_PER_SECOND).toFixed(2)}s`.padStart(6);
  for (const s of sessions) {
    const all = s.processes.reduce((n, p) => n + p.cpuTicks, 0);
    const times = o.has('s') ? ' 0.00s ' : `${at(s, '%H:%M')}    0.00s ${seconds(all)} ${seconds(s.what.cpuTicks)} `;
    yield* t.print(`${s.user.padEnd(8)} ${s.tty.padEnd(8)} ${from ? '-                ' : ''}${times} ${s.what.args}\n`);
  }
}

/** Logins since the boot, the newest first. */
export function* last(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: '0123456789adFf:in:Rs:t:p:wxW',
    long: { limit: 'n:', fullnames: 'w', system: 'x', nohostname: 'R', hostlast: 'a', file: 'f:' },
    usage: '[options] [<username>...] [<tty>...]',
    about: 'Prints the last logins.',
    version: 'util-linux 2.38.1)',
  });
  const boot = (yield* wallClock()) / 1e6 - (yield* readSystem()).uptime;
  const date = (seconds: number) => formatTime('%a %b %e %H:%M', Math.floor(seconds) * 1e6);
  const rows = [...(yield* readSessions())]
    .reverse()
    .filter((s) => o.operands.length === 0 || o.operands.includes(s.user) || o.operands.includes(s.tty))
    .map((s) => `${s.user.padEnd(8)} ${s.tty.padEnd(12)} ${' '.repeat(16)} ${date(s.since)}   still logged in\n`);
  if (o.operands.length === 0 || o.operands.includes('reboot'))
    rows.push(`${'reboot'.padEnd(8)} ${'system boot'.padEnd(12)} ${'6.1.0-37-amd64'.padEnd(16)} ${date(boot)}   still running\n`);
  const limit =
    o.value('n') ??
    (o.options
      .filter(([key]) => /^\d$/.test(key))
      .map(([key]) => key)
      .join('') ||
      undefined);
  yield* t.print(rows.slice(0, limit === undefined ? undefined : Number(limit)).join(''));
  yield* t.print(`\nwtmp begins ${formatTime('%a %b %e %H:%M:%S %Y', Math.floor(boot) * 1e6)}\n`);
}

export const programs: readonly Program[] = [
  tool('users', users),
  tool('who', who),
  tool('w', w, { shortName: true }),
  tool('last', last, { shortName: true }),
];
