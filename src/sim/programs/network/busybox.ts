/** The network applets of busybox, for its multi-call program. */
import type { Sim } from '../../kernel/sim.ts';
import { arp } from '../arp.ts';
import { busyboxIfconfig } from '../ifconfig.ts';
import { busyboxIp } from '../ip.ts';
import { busyboxNc } from '../nc.ts';
import { netstat } from '../netstat.ts';
import { busyboxNslookup } from '../nslookup.ts';
import { busyboxPing } from '../ping.ts';
import { route } from '../route.ts';
import { traceroute } from '../traceroute.ts';
import { busyboxWget } from './busyboxWget.ts';

export const NETWORK_APPLETS: Readonly<Record<string, (argv: readonly string[]) => Sim<number>>> = {
  arp,
  ifconfig: busyboxIfconfig,
  ip: busyboxIp,
  nc: busyboxNc,
  netstat,
  nslookup: busyboxNslookup,
  ping: busyboxPing,
  route,
  traceroute,
  wget: busyboxWget,
};
