/** busybox(1): one executable, an applet for each name that it is called by. */
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { shellMain } from '../../shell/index.ts';
import { programs as account } from '../account/index.ts';
import { programs as awk } from '../awk.ts';
import { programs as base64 } from '../base64.ts';
import { program as cal } from '../cal.ts';
import { program as cat } from '../cat.ts';
import { programs as chmod } from '../chmod.ts';
import { program as cmp } from '../cmp.ts';
import { program as comm } from '../comm.ts';
import { programs as cp } from '../cp.ts';
import { program as cut } from '../cut.ts';
import { program as date } from '../date.ts';
import { program as dd } from '../dd.ts';
import { program as df } from '../df.ts';
import { program as diff } from '../diff.ts';
import { program as diff3 } from '../diff3.ts';
import { program as du } from '../du.ts';
import { program as echo } from '../echo.ts';
import { programs as environment } from '../environment.ts';
import { programs as evaluate } from '../evaluate.ts';
import { program as find } from '../find.ts';
import { programs as fold } from '../fold.ts';
import { program as free } from '../free.ts';
import { program as getent } from '../getent.ts';
import { programs as grep } from '../grep.ts';
import { programs as gzip } from '../gzip.ts';
import { programs as hashes } from '../hashes.ts';
import { program as head } from '../head.ts';
import { programs as hexdump } from '../hexdump.ts';
import { programs as identity } from '../identity.ts';
import { BUSYBOX_BANNER } from '../lib/busyboxUsage.ts';
import { isTool } from '../lib/tool.ts';
import { programs as lineEnds } from '../lineEnds.ts';
import { program as ln } from '../ln.ts';
import { programs as logins } from '../logins.ts';
import { programs as ls } from '../ls.ts';
import { programs as machineFacts } from '../machineFacts.ts';
import { programs as mkdir } from '../mkdir.ts';
import { programs as mount } from '../mount.ts';
import { program as mv } from '../mv.ts';
import { NETWORK_APPLETS } from '../network/busybox.ts';
import { staticBusyboxWget } from '../network/busyboxWget.ts';
import { program as nl } from '../nl.ts';
import { program as od } from '../od.ts';
import { programs as pager } from '../pager/index.ts';
import { program as paste } from '../paste.ts';
import { programs as paths } from '../paths.ts';
import { programs as pgrep } from '../pgrep.ts';
import { programs as pidof } from '../pidof.ts';
import { program as printf } from '../printf.ts';
import { program as rm } from '../rm.ts';
import { programs as screen } from '../screen.ts';
import { program as sdiff } from '../sdiff.ts';
import { program as sed } from '../sed.ts';
import { program as seq } from '../seq.ts';
import { programs as small } from '../small.ts';
import { program as sort } from '../sort.ts';
import { program as split } from '../split.ts';
import { program as stat } from '../stat.ts';
import { program as strings } from '../strings.ts';
import { program as su } from '../su.ts';
import { program as tac } from '../tac.ts';
import { program as tail } from '../tail.ts';
import { program as tar } from '../tar.ts';
import { program as tee } from '../tee.ts';
import { program as top } from '../top.ts';
import { program as touch } from '../touch.ts';
import { program as tr } from '../tr.ts';
import { program as uniq } from '../uniq.ts';
import { program as uptime } from '../uptime.ts';
import { programs as vi } from '../vi/index.ts';
import { program as watch } from '../watch.ts';
import { program as wc } from '../wc.ts';
import { program as xargs } from '../xargs.ts';
import { program as xxd } from '../xxd.ts';
import { LEFT_OUT } from './leftOut.ts';
import { ps } from './ps.ts';

type Applet = (argv: readonly string[]) => Sim<number>;

const SHARED: readonly Program[] = [
  ...[
    account,
    awk,
    base64,
    chmod,
    cp,
    environment,
    evaluate,
    fold,
    grep,
    gzip,
    hashes,
    hexdump,
    identity,
    lineEnds,
    logins,
    ls,
    machineFacts,
    mkdir,
  ],
  ...[mount, pager, paths, pgrep, pidof, screen, small, vi],
].flat();

const SINGLE: readonly Program[] = [
  ...[
    cal,
    cat,
    cmp,
    comm,
    cut,
    date,
    dd,
    df,
    diff,
    diff3,
    du,
    echo,
    find,
    free,
    getent,
    head,
    ln,
    mv,
    nl,
    od,
    paste,
    printf,
    rm,
    sdiff,
    sed,
    seq,
    sort,
    split,
    stat,
    strings,
  ],
  ...[su, tac, tail, tar, tee, top, touch, tr, uniq, uptime, watch, wc, xargs, xxd],
];

const APPLETS: ReadonlyMap<string, Applet> = new Map<string, Applet>([
  ...[...SHARED, ...SINGLE].map((p): [string, Applet] => [p.name, isTool(p) ? p.busybox : p.main]),
  ...Object.entries(NETWORK_APPLETS),
  ['[[', (argv) => bracket(argv)],
  ['ash', (argv) => shellMain(argv, 'ash')],
  ['ps', ps],
  ['sh', (argv) => shellMain(argv, 'ash')],
]);

/** `[[` is `[` by another name. */
function* bracket(argv: readonly string[]): Sim<number> {
  return yield* APPLETS.get('[')!(argv.at(-1) === ']]' ? [...argv.slice(0, -1), ']'] : argv);
}

const base = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/^-/, '');

function* main(argv: readonly string[]): Sim<number> {
  const name = base(argv[0]);
  if (!name.startsWith('busybox')) return yield* applet(name, argv);
  const [wanted, ...rest] = argv.slice(1);
  if (wanted === '--list') {
    yield* write(1, `${[...APPLETS.keys()].sort().join('\n')}\n`);
    return 0;
  }
  if (wanted !== undefined && wanted !== '--help') return yield* applet(base(wanted), [wanted, ...rest]);
  if (wanted === '--help' && rest.length > 0) return yield* applet(base(rest[0]), [rest[0], '--help']);
  yield* write(
    1,
    `${BUSYBOX_BANNER}\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list\n   or: function [arguments]...\n\nCurrently defined functions:\n${wrap([...APPLETS.keys()].sort())}\n`,
  );
  return 0;
}

function* applet(name: string, argv: readonly string[]): Sim<number> {
  const found = APPLETS.get(name);
  if (found) return yield* found(argv);
  if (LEFT_OUT.has(name)) {
    yield* write(2, `drydock: "busybox ${name}" is not simulated\n`);
    return 1;
  }
  yield* write(2, `${name}: applet not found\n`);
  return 127;
}

function wrap(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last === undefined || last.length + name.length > 76) lines.push(`\t${name}`);
    else lines[lines.length - 1] = `${last}, ${name}`;
  }
  return lines.join(',\n');
}

function* staticMain(argv: readonly string[]): Sim<number> {
  const words = base(argv[0]).startsWith('busybox') ? argv.slice(1) : argv;
  return base(words[0] ?? '') === 'wget' ? yield* staticBusyboxWget(words) : yield* main(argv);
}

export const programs: readonly Program[] = [
  { name: 'busybox', main },
  { name: 'busybox-static', main: staticMain },
];
