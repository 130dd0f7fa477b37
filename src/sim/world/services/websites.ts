/** The web that a student's commands may reach: names and addresses here, what they answer in `sites/`, which loads when somebody calls. */
import { load, type Sim } from '../../kernel/sim.ts';
import { poll, thread } from '../../kernel/syscalls.ts';
import type { Internet } from '../../net/internet.ts';
import type { NetWorld } from '../../net/network.ts';
import { listenOn, startInternetHost } from './internetHost.ts';

/** Name -> address, as public DNS had them; hosts of one address share a certificate's owner only by chance. */
const HOSTS: Readonly<Record<string, string>> = {
  'example.com': '93.184.215.14',
  'www.example.com': '93.184.215.14',
  'example.org': '93.184.215.15',
  'www.example.org': '93.184.215.15',
  'example.net': '93.184.215.16',
  'github.com': '140.82.121.3',
  'api.github.com': '140.82.121.6',
  'raw.githubusercontent.com': '185.199.108.133',
  'ghcr.io': '140.82.121.33',
  'quay.io': '34.224.196.162',
  'docs.docker.com': '151.101.1.91',
  'www.docker.com': '151.101.1.92',
  'docker.com': '151.101.1.92',
  'download.docker.com': '13.32.99.93',
  'get.docker.com': '13.32.99.94',
  'deb.debian.org': '151.101.2.132',
  'security.debian.org': '151.101.2.133',
  'archive.ubuntu.com': '91.189.91.81',
  'security.ubuntu.com': '91.189.91.82',
  'dl-cdn.alpinelinux.org': '151.101.2.134',
  'pypi.org': '151.101.0.223',
  'files.pythonhosted.org': '151.101.0.224',
  'registry.npmjs.org': '104.16.0.34',
  'httpbin.org': '54.209.78.31',
  'google.com': '142.250.185.78',
  'www.google.com': '142.250.185.68',
  'wikipedia.org': '185.15.59.224',
  'www.wikipedia.org': '185.15.59.224',
  'ifconfig.me': '34.160.111.145',
  'icanhazip.com': '104.16.185.241',
  'expired.badssl.com': '104.154.89.105',
  'self-signed.badssl.com': '104.154.89.105',
  'wrong.host.badssl.com': '104.154.89.105',
  'dns.google': '8.8.8.8',
  'one.one.one.one': '1.1.1.1',
};
const MORE: Readonly<Record<string, readonly string[]>> = { 'dns.google': ['8.8.4.4'], 'one.one.one.one': ['1.0.0.1'] };

/** Puts the web sites on the internet, and the public resolvers 8.8.8.8 and 1.1.1.1. */
export function connectWebsites(net: NetWorld, internet: Internet, epochUs: number): void {
  const addresses = [...new Set([...Object.values(HOSTS), ...Object.values(MORE).flat()])];
  for (const [name, address] of Object.entries(HOSTS)) internet.addHost(name, address, ...(MORE[name] ?? []));
  const stack = startInternetHost(net, internet, {
    name: 'web',
    addresses,
    epochUs,
    *main(): Sim<number> {
      const [secure, plain] = [yield* listenOn(443), yield* listenOn(80)];
      yield* poll([
        { fd: secure, read: true },
        { fd: plain, read: true },
      ]);
      const { serveSites } = yield* load(() => import('./sites/index.ts'));
      yield* thread(() => serveSites(secure, true, Object.keys(HOSTS)));
      return yield* serveSites(plain, false, Object.keys(HOSTS));
    },
  });
  internet.serveNames(stack);
}
