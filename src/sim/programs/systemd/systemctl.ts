import { isErrno } from '../../kernel/errno.ts';
import { parseSignal } from '../../kernel/process/signals.ts';
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { credentials, mkdirAll, readText, statOrNull, symlink, unlink, wallClock, write } from '../../kernel/syscalls.ts';
import { longTime, readJournal } from './journal.ts';
import { ask, type ManagerReply, type UnitState } from './protocol.ts';
import { resourceLines } from './resources.ts';
import { fullName, loadUnit, socketOf, type Unit, wants } from './unit.ts';

const CHANGING = new Set(['start', 'stop', 'restart', 'reload', 'try-restart', 'reload-or-restart', 'kill', 'reset-failed']);

/** systemctl for services: start stop restart reload status is-active is-enabled is-failed enable disable cat show list-units daemon-reload kill. */
export const systemctl: Program = {
  name: 'systemctl',
  *main(argv): Sim<number> {
    let now = false;
    let signal = 'SIGTERM';
    let quiet = false;
    let property: string | undefined;
    let valueOnly = false;
    const words: string[] = [];
    const queue = argv.slice(1);
    for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
      if (arg === '--now') now = true;
      else if (arg === '-q' || arg === '--quiet') quiet = true;
      else if (arg === '--value') valueOnly = true;
      else if (arg === '-p' || arg === '--property') property = queue.shift();
      else if (arg.startsWith('--property=')) property = arg.slice(11);
      else if (arg === '-s' || arg === '--signal') signal = queue.shift() ?? signal;
      else if (arg.startsWith('--signal=')) signal = arg.slice(9);
      else if (/^(--no-pager|-l|--full|--no-ask-password|--system|--all|-a|-f|--force|--type=service|--state=.*)$/.test(arg)) continue;
      else if (arg === '-n' || arg === '-t' || arg === '--type') queue.shift();
      else if (arg === '--version') {
        yield* write(1, 'systemd 252 (252.38-1~deb12u1)\n');
        return 0;
      } else if (arg.startsWith('-')) {
        yield* write(2, `systemctl: ${arg.startsWith('--') ? `unrecognized option '${arg}'` : `invalid option -- '${arg[1]}'`}\n`);
        return 1;
      } else words.push(arg);
    }
    const verb = words.shift() ?? 'list-units';
    const units = words.map(fullName);
    if (verb === 'daemon-reload') return yield* change('daemon-reload', '', '');
    if (verb === 'list-units') return yield* listUnits();
    if (!CHANGING.has(verb) && !['status', 'is-active', 'is-enabled', 'is-failed', 'enable', 'disable', 'cat', 'show'].includes(verb)) {
      yield* write(2, `Unknown command verb ${verb}.\n`);
      return 1;
    }
    if (units.length === 0) {
      yield* write(2, 'Too few arguments.\n');
      return 1;
    }
    let worst = 0;
    for (const unit of units) {
      let status = 0;
      if (CHANGING.has(verb)) status = yield* change(verb, unit, signal);
      else if (verb === 'status') status = yield* showStatus(unit);
      else if (verb === 'is-active' || verb === 'is-failed') status = yield* isState(verb, unit, quiet);
      else if (verb === 'is-enabled') status = yield* isEnabled(unit, quiet);
      else if (verb === 'cat') status = yield* cat(unit);
      else if (verb === 'show') status = yield* show(unit, property, valueOnly);
      else {
        status = yield* verb === 'enable' ? enable(unit) : disable(unit);
        if (status === 0 && now) status = yield* change(verb === 'enable' ? 'start' : 'stop', unit, signal);
      }
      worst = Math.max(worst, status);
    }
    if (verb === 'stop' && worst === 0) for (const unit of units) yield* warnOfTriggers(unit);
    return worst;
  },
};

const NO_MANAGER =
  "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n";

function* change(verb: string, unit: string, signal: string): Sim<number> {
  const plain = verb === 'try-restart' || verb === 'reload-or-restart' ? 'restart' : verb;
  if (plain === 'kill' && parseSignal(signal) === undefined) {
    yield* write(2, `Failed to parse signal string ${signal}.\n`);
    return 1;
  }
  const reply = yield* ask({ verb: plain as 'start', unit, signal: parseSignal(signal) ?? 'SIGTERM' });
  if (reply === null) {
    yield* write(2, NO_MANAGER);
    return 1;
  }
  if (reply.ok) return 0;
  yield* write(2, refusal(plain, unit, reply));
  return reply.error === 'not-found' ? 5 : 1;
}

/** A stopped service starts again at the next connection while its socket listens. */
function* warnOfTriggers(unit: string): Sim<void> {
  const socketUnit = socketOf(unit);
  if (socketUnit !== unit && (yield* loadUnit(socketUnit)) && (yield* stateOf(socketUnit))?.active === 'active')
    yield* write(2, `Stopping '${unit}', but its triggering units are still active:\n${socketUnit}\n`);
}

function refusal(verb: string, unit: string, reply: Extract<ManagerReply, { ok: false }>): string {
  const what = verb === 'daemon-reload' ? 'reload daemon' : `${verb} ${unit}`;
  switch (reply.error) {
    case 'not-found':
      return `Failed to ${what}: Unit ${unit} not found.\n`;
    case 'masked':
      return `Failed to ${what}: Unit ${unit} is masked.\n`;
    case 'denied':
      return `Failed to ${what}: Interactive authentication required.\nSee system logs and 'systemctl status ${unit}' for details.\n`;
    default:
      return `Job for ${unit} failed because the control process exited with error code.\nSee "systemctl status ${unit}" and "journalctl -xeu ${unit}" for details.\n`;
  }
}

function* stateOf(unit: string): Sim<UnitState | undefined> {
  const reply = yield* ask({ verb: 'state', unit });
  return reply?.ok ? reply.units[0] : undefined;
}

function* isState(verb: string, unit: string, quiet: boolean): Sim<number> {
  const state = (yield* stateOf(unit))?.active ?? 'inactive';
  if (!quiet) yield* write(1, `${state}\n`);
  if (verb === 'is-failed') return state === 'failed' ? 0 : 1;
  return state === 'active' ? 0 : 3;
}

/** The link by which the unit's target starts it. */
const linkOf = (unit: Unit): string => `${wants(unit.wantedBy[0] ?? 'multi-user.target')}/${unit.name}`;

function* enabledWord(unit: Unit): Sim<string> {
  if (unit.masked) return 'masked';
  if (unit.wantedBy.length === 0) return 'static';
  return (yield* statOrNull(linkOf(unit))) ? 'enabled' : 'disabled';
}

function* isEnabled(name: string, quiet: boolean): Sim<number> {
  const unit = yield* loadUnit(name);
  if (!unit) {
    yield* write(2, `Failed to get unit file state for ${name}: No such file or directory\n`);
    return 1;
  }
  const word = yield* enabledWord(unit);
  if (!quiet) yield* write(1, `${word}\n`);
  return word === 'enabled' || word === 'static' ? 0 : 1;
}

function* needRoot(action: string): Sim<boolean> {
  if ((yield* credentials()).euid === 0) return true;
  yield* write(2, `Failed to ${action} unit: Interactive authentication required.\n`);
  return false;
}

function* enable(name: string): Sim<number> {
  const unit = yield* loadUnit(name);
  if (!unit) {
    yield* write(2, `Failed to enable unit: Unit file ${name} does not exist.\n`);
    return 1;
  }
  if (!(yield* needRoot('enable'))) return 1;
  const link = linkOf(unit);
  yield* mkdirAll(link.replace(/\/[^/]*$/, ''));
  if (!(yield* statOrNull(link))) {
    yield* symlink(unit.path, link);
    yield* write(2, `Created symlink ${link} → ${unit.path}.\n`);
  }
  return 0;
}

function* disable(name: string): Sim<number> {
  const unit = yield* loadUnit(name);
  if (!unit) {
    yield* write(2, `Failed to disable unit: Unit file ${name} does not exist.\n`);
    return 1;
  }
  if (!(yield* needRoot('disable'))) return 1;
  try {
    yield* unlink(linkOf(unit));
    yield* write(2, `Removed "${linkOf(unit)}".\n`);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  return 0;
}

function* cat(name: string): Sim<number> {
  const unit = yield* loadUnit(name);
  if (!unit) {
    yield* write(2, `No files found for ${name}.\n`);
    return 1;
  }
  const parts: string[] = [];
  for (const path of [unit.path, ...unit.dropIns]) parts.push(`# ${path}\n${yield* readText(path)}`);
  yield* write(1, parts.join('\n'));
  return 0;
}

function* show(name: string, property: string | undefined, valueOnly: boolean): Sim<number> {
  const unit = yield* loadUnit(name);
  const state = yield* stateOf(name);
  const facts: Record<string, string> = {
    Id: name,
    Description: unit?.description ?? name,
    LoadState: unit ? 'loaded' : 'not-found',
    ActiveState: state?.active ?? 'inactive',
    SubState: state?.sub ?? 'dead',
    FragmentPath: unit?.path ?? '',
    UnitFileState: unit ? yield* enabledWord(unit) : '',
    MainPID: String(state?.mainPid ?? 0),
    Restart: unit?.restart ?? 'no',
    Type: unit?.type ?? 'simple',
  };
  const names = property ? property.split(',') : Object.keys(facts);
  yield* write(
    1,
    names
      .filter((n) => Object.hasOwn(facts, n))
      .map((n) => `${valueOnly ? '' : `${n}=`}${facts[n]}\n`)
      .join(''),
  );
  return 0;
}

function* showStatus(name: string): Sim<number> {
  const unit = yield* loadUnit(name);
  if (!unit) {
    yield* write(2, `Unit ${name} could not be found.\n`);
    return 4;
  }
  const reply = yield* ask({ verb: 'state', unit: name });
  if (reply === null) {
    yield* write(2, NO_MANAGER);
    return 1;
  }
  const state = reply.units[0];
  const dot = { active: '●', failed: '×', inactive: '○', activating: '●', deactivating: '●' }[state.active];
  const ago = state.since === 0 ? '' : ` since ${longTime(state.since)}; ${span((yield* wallClock()) - state.since)} ago`;
  const out = [
    `${dot} ${name} - ${unit.description}`,
    `     Loaded: loaded (${unit.path}; ${yield* enabledWord(unit)}; preset: enabled)`,
    ...(unit.dropIns.length > 0
      ? [
          `    Drop-In: ${unit.dropIns[0].replace(/\/[^/]*$/, '')}`,
          `             └─${unit.dropIns.map((p) => p.replace(/.*\//, '')).join(', ')}`,
        ]
      : []),
    `     Active: ${state.active} (${state.sub === 'failed' ? `Result: ${state.result.startsWith('code=killed') ? 'signal' : 'exit-code'}` : state.sub})${ago}`,
    ...(yield* triggerLine(name)),
    ...unit.documentation.slice(0, 1).map((doc) => `       Docs: ${doc}`),
  ];
  if (state.mainPid > 0)
    out.push(
      `   Main PID: ${state.mainPid} (${state.comm})`,
      ...(yield* resourceLines(state.mainPid)),
      `     CGroup: /system.slice/${name}`,
      `             └─${state.mainPid} ${state.command}`,
    );
  else if (state.startedPid > 0)
    out.push(
      `    Process: ${state.startedPid} ExecStart=${state.command} (${state.result})`,
      `   Main PID: ${state.startedPid} (${state.result})`,
    );
  const lines = (yield* readJournal(name)).slice(-10).map((entry) => entry.line);
  yield* write(1, `${[...out, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n')}\n`);
  return state.active === 'active' || state.active === 'activating' ? 0 : 3;
}

/** The socket that starts a service, or the service that a socket starts. */
function* triggerLine(name: string): Sim<readonly string[]> {
  const isSocket = name.endsWith('.socket');
  const other = isSocket ? name.replace(/\.socket$/, '.service') : socketOf(name);
  if (other === name || !(yield* loadUnit(other))) return [];
  const mark = (yield* stateOf(other))?.active === 'active' ? '●' : '○';
  return [`${isSocket ? '   Triggers' : 'TriggeredBy'}: ${mark} ${other}`];
}

/** '3min 2s', the two largest parts. */
function span(microseconds: number): string {
  let rest = Math.floor(microseconds / 1e6);
  if (rest < 1) return `${Math.max(0, Math.floor(microseconds / 1e3))}ms`;
  const parts: string[] = [];
  for (const [unit, size] of [
    ['day', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    const n = Math.floor(rest / size);
    rest %= size;
    if (n > 0) parts.push(unit === 'day' ? `${n} day${n > 1 ? 's' : ''}` : `${n}${unit}`);
  }
  return parts.slice(0, 2).join(' ');
}

function* listUnits(): Sim<number> {
  const reply = yield* ask({ verb: 'list', unit: '' });
  if (reply === null) {
    yield* write(2, NO_MANAGER);
    return 1;
  }
  const rows = [...reply.units].sort((a, b) => (a.unit < b.unit ? -1 : 1));
  const width = Math.max(4, ...rows.map((u) => u.unit.length));
  const sub = Math.max(3, ...rows.map((u) => u.sub.length));
  const line = (mark: string, name: string, load: string, active: string, state: string, text: string) =>
    `${mark} ${name.padEnd(width)} ${load.padEnd(6)} ${active.padEnd(6)} ${state.padEnd(sub)} ${text}\n`;
  yield* write(
    1,
    `${line(' ', 'UNIT', 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION')}${rows.map((u) => line(u.active === 'failed' ? '●' : ' ', u.unit, 'loaded', u.active, u.sub, u.description)).join('')}\n${rows.length} loaded units listed.\n`,
  );
  return 0;
}
