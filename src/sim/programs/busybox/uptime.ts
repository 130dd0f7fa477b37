/** The uptime applet. After procps/uptime.c of BusyBox. */
import type { Sim } from '../../kernel/sim.ts';
import { wallClock, write } from '../../kernel/syscalls.ts';
import { timeZone } from '../date.ts';
import { formatTime } from '../lib/calendar.ts';
import { parseOptions } from '../lib/options.ts';
import { type Applet, runTool, type Tool } from '../lib/tool.ts';
import { readSystem } from '../procps/processTable.ts';
import { uptimeLine } from '../uptime.ts';

const SPEC = { short: 's', usage: '', about: 'How long the machine has been up.' };

export const uptime: Applet = (argv, build) => runTool(main, argv, build);

function* main(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  if (o.has('s')) {
    const { uptime: seconds } = yield* readSystem();
    yield* write(1, `${formatTime('%Y-%m-%d %H:%M:%S', (yield* wallClock()) - Math.floor(seconds) * 1e6, yield* timeZone())}\n`);
    return 0;
  }
  // A container has no records of logins, and the plural is fixed.
  const users = t.flavour !== 'gnu' && t.flavour.utmp ? ',  0 users' : '';
  yield* write(1, `${(yield* uptimeLine()).replace(/,\s+\d+ users?/, users)}\n`);
  return 0;
}
