/** Unit files, as systemd.unit(5) and systemd.service(5) have them. */
import type { Sim } from '../../kernel/sim.ts';
import { lstatOrNull, readdir, readText, statOrNull } from '../../kernel/syscalls.ts';

/** Where units lie; the first place wins. */
const UNIT_PATHS = ['/etc/systemd/system', '/run/systemd/system', '/usr/lib/systemd/system'] as const;
/** The folder of links to what a target starts. */
export const wants = (target: string): string => `/etc/systemd/system/${target}.wants`;

export interface Unit {
  readonly name: string;
  readonly path: string;
  readonly dropIns: readonly string[];
  readonly description: string;
  readonly documentation: readonly string[];
  readonly after: readonly string[];
  /** Requires= and Wants=: what is started along with it. */
  readonly needs: readonly string[];
  readonly wantedBy: readonly string[];
  readonly type: string;
  readonly execStart: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly user: string | undefined;
  readonly restart: 'no' | 'always' | 'on-failure' | 'on-abnormal' | 'on-success' | 'on-abort' | 'on-watchdog';
  /** Microseconds. */
  readonly restartDelay: number;
  /** It is given up after so many starts within that time (microseconds). */
  readonly startLimit: number;
  readonly startLimitInterval: number;
  readonly stopTimeout: number;
  readonly masked: boolean;
  /** Of a socket unit: where it listens, and who may connect (systemd.socket(5)). */
  readonly listenStream: string | undefined;
  readonly socketMode: number;
  readonly socketUser: string;
  readonly socketGroup: string;
}

/** 'docker' means docker.service. */
export const fullName = (name: string): string =>
  /\.(service|socket|target|timer|mount|path|slice)$/.test(name) ? name : `${name}.service`;

/** 'docker.socket' for docker.service, and the other way round. */
export const socketOf = (service: string): string => service.replace(/\.service$/, '.socket');
export const serviceOf = (socket: string): string => socket.replace(/\.socket$/, '.service');

export function* loadUnit(name: string): Sim<Unit | undefined> {
  for (const folder of UNIT_PATHS) {
    const path = `${folder}/${name}`;
    if (!(yield* lstatOrNull(path))) continue;
    const text = (yield* statOrNull(path)) ? yield* readText(path) : '';
    const dropIns: string[] = [];
    const texts = [text];
    for (const place of UNIT_PATHS) {
      if (!(yield* statOrNull(`${place}/${name}.d`))) continue;
      for (const entry of [...(yield* readdir(`${place}/${name}.d`))].sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (!entry.name.endsWith('.conf')) continue;
        dropIns.push(`${place}/${name}.d/${entry.name}`);
        texts.push(yield* readText(`${place}/${name}.d/${entry.name}`));
      }
    }
    return parseUnit(name, path, texts, dropIns);
  }
  return undefined;
}

/** Later texts add to or replace what earlier ones say; an empty assignment clears a list. */
export function parseUnit(name: string, path: string, texts: readonly string[], dropIns: readonly string[] = []): Unit {
  const values = new Map<string, string[]>();
  for (const text of texts) {
    let section = '';
    for (const raw of text.replace(/\\\n/g, ' ').split('\n')) {
      const line = raw.trim();
      if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
      const header = /^\[(.+)\]$/.exec(line);
      if (header) {
        section = header[1];
        continue;
      }
      const [key, value] = line.split(/\s*=\s*(.*)/s);
      const id = `${section}.${key}`;
      if (value === '') values.set(id, []);
      else values.set(id, [...(values.get(id) ?? []), value]);
    }
  }
  const all = (id: string) => values.get(id) ?? [];
  const last = (id: string) => all(id).at(-1);
  const words = (id: string) => all(id).flatMap((value) => value.split(/\s+/));
  return {
    name,
    path,
    dropIns,
    description: last('Unit.Description') ?? name,
    documentation: words('Unit.Documentation'),
    after: [...words('Unit.After'), ...words('Unit.Requires')],
    needs: [...words('Unit.Requires'), ...words('Unit.Wants')],
    wantedBy: words('Install.WantedBy'),
    type: last('Service.Type') ?? 'simple',
    execStart: splitCommand(all('Service.ExecStart').at(-1) ?? ''),
    environment: new Map(
      all('Service.Environment')
        .flatMap((v) => splitCommand(v))
        .map((pair) => pair.split(/=(.*)/s) as [string, string]),
    ),
    user: last('Service.User'),
    restart: (last('Service.Restart') ?? 'no') as Unit['restart'],
    restartDelay: span(last('Service.RestartSec') ?? '100ms'),
    startLimit: Number(last('Unit.StartLimitBurst') ?? 5),
    startLimitInterval: span(last('Unit.StartLimitIntervalSec') ?? '10s'),
    stopTimeout: span(last('Service.TimeoutStopSec') ?? last('Service.TimeoutSec') ?? '90s'),
    listenStream: last('Socket.ListenStream')?.replace(/^\/var\/run\//, '/run/'),
    socketMode: Number.parseInt(last('Socket.SocketMode') ?? '0666', 8),
    socketUser: last('Socket.SocketUser') ?? 'root',
    socketGroup: last('Socket.SocketGroup') ?? 'root',
    masked: texts[0] === '' && texts.length === 1,
  };
}

/** Words of a command line; quotes group, a leading - @ : + ! of ExecStart is dropped. */
export function splitCommand(text: string): string[] {
  const words = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map((m) => m[1]?.replace(/\\(.)/g, '$1') ?? m[2] ?? m[3]);
  if (words.length > 0) words[0] = words[0].replace(/^[-@:+!]+/, '');
  return words;
}

/** systemd.time(7): '2s', '1min 30s', '100ms', plain seconds. Microseconds. */
function span(text: string): number {
  if (text === 'infinity' || text === '0') return Number.MAX_SAFE_INTEGER;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/([\d.]+)\s*(us|ms|s|sec|m|min|h)?/g)) {
    total += Number(number) * ({ us: 1, ms: 1e3, m: 6e7, min: 6e7, h: 3.6e9 }[unit ?? 's'] ?? 1e6);
  }
  return total;
}
