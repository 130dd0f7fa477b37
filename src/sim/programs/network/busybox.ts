/** The network applets of busybox, for its multi-call program. */

import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { arp } from '../arp.ts';
import { busyboxIfconfig } from '../ifconfig.ts';
import { busyboxIp } from '../ip.ts';
import type { BusyboxBuild } from '../lib/busyboxBuild.ts';
import { busyboxRefusal } from '../lib/busyboxComplaint.ts';
import { UsageError } from '../lib/failure.ts';
import { parseArguments } from '../lib/options.ts';
import type { Applet } from '../lib/tool.ts';
import { busyboxNc } from '../nc.ts';
import { netstat } from '../netstat.ts';
import { busyboxNslookup } from '../nslookup.ts';
import { busyboxPing } from '../ping.ts';
import { route } from '../route.ts';
import { traceroute } from '../traceroute.ts';
import { busyboxWget } from './busyboxWget.ts';

function* refuse(applet: string, complaint: string, build: BusyboxBuild): Sim<number> {
  yield* write(2, busyboxRefusal(applet, complaint, build));
  return 1;
}

/** `applet` with its options looked at first: letters as getopt(3) takes them. */
function known(letters: string, applet: Applet): Applet {
  return (argv, build) => {
    const name = argv[0].replace(/^.*\//, '');
    try {
      parseArguments(argv.slice(1), { short: letters, usage: '', about: '' });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return refuse(name, error.message, build);
    }
    return applet(argv, build);
  };
}

/** With the names of routes unless -n forbids them. */
function* busyboxRoute(argv: readonly string[]): Sim<number> {
  return yield* route(argv, !argv.slice(1).some((arg) => /^-[a-z]*n/.test(arg)));
}

export const NETWORK_APPLETS: Readonly<Record<string, Applet>> = {
  arp: (argv) => arp(argv.length === 1 ? [...argv, '-a'] : argv),
  ifconfig: busyboxIfconfig,
  ip: busyboxIp,
  nc: busyboxNc,
  netstat: known('laentuwxrWp', (argv) => netstat(argv, true)),
  nslookup: busyboxNslookup,
  ping: busyboxPing,
  route: known('nevA:', busyboxRoute),
  traceroute: (argv, build) => (argv.length === 1 ? refuse('traceroute', '', build) : traceroute(argv)),
  wget: busyboxWget,
};
