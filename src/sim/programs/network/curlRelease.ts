/** Which curl a distribution's release has, and the OpenSSL that it is built with. */
import type { Sim } from '../../kernel/sim.ts';
import { readText, statOrNull } from '../../kernel/syscalls.ts';
import { own } from '../../lib/dictionary.ts';
import { osReleaseField } from '../../lib/osRelease.ts';

export interface CurlRelease {
  readonly version: string;
  readonly openssl: string;
}

const BOOKWORM: CurlRelease = { version: '7.88.1', openssl: '3.0.20' };
const RELEASES: Readonly<Record<string, CurlRelease>> = {
  alpine: { version: '8.14.1', openssl: '3.5.4' },
  bullseye: { version: '7.74.0', openssl: '1.1.1w' },
  bookworm: BOOKWORM,
  trixie: { version: '8.14.1', openssl: '3.5.9' },
  focal: { version: '7.68.0', openssl: '1.1.1f' },
  jammy: { version: '7.81.0', openssl: '3.0.2' },
  noble: { version: '8.5.0', openssl: '3.0.13' },
  resolute: { version: '8.18.0', openssl: '3.5.5' },
};

/** By the os-release of the system that it runs in. */
export function* curlRelease(): Sim<CurlRelease> {
  const text = (yield* statOrNull('/etc/os-release')) ? yield* readText('/etc/os-release') : '';
  const field = (name: string) => osReleaseField(text, name);
  return own(RELEASES, field('VERSION_CODENAME') || field('ID')) ?? BOOKWORM;
}
