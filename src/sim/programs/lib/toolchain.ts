/** The compiler and the libraries that a distribution's release builds its programs with, as servers report them. */
import type { Sim } from '../../kernel/sim.ts';
import { readText, statOrNull } from '../../kernel/syscalls.ts';
import { own } from '../../lib/dictionary.ts';

export interface Toolchain {
  /** '14.2.0' */
  readonly gcc: string;
  /** What stands in brackets after it: 'Debian 14.2.0-19'. */
  readonly packaged: string;
  /** '3.5.1 1 Jul 2025' */
  readonly openssl: string;
}

const DEBIAN: Readonly<Record<string, Toolchain>> = {
  bullseye: { gcc: '10.2.1 20210110', packaged: 'Debian 10.2.1-6', openssl: '1.1.1w  11 Sep 2023' },
  bookworm: { gcc: '12.2.0', packaged: 'Debian 12.2.0-14+deb12u1', openssl: '3.0.17 1 Jul 2025' },
  trixie: { gcc: '14.2.0', packaged: 'Debian 14.2.0-19', openssl: '3.5.1 1 Jul 2025' },
};

/** By the minor version of Alpine 3. */
const ALPINE: readonly (readonly [from: number, toolchain: Toolchain])[] = [
  [23, { gcc: '15.2.0', packaged: 'Alpine 15.2.0', openssl: '3.5.4 30 Sep 2025' }],
  [21, { gcc: '14.2.0', packaged: 'Alpine 14.2.0', openssl: '3.3.2 3 Sep 2024' }],
  [19, { gcc: '13.2.1 20240309', packaged: 'Alpine 13.2.1_git20240309', openssl: '3.3.1 4 Jun 2024' }],
  [0, { gcc: '12.2.1 20220924', packaged: 'Alpine 12.2.1_git20220924-r10', openssl: '3.1.4 24 Oct 2023' }],
];

/** That of the release that this system's os-release names. */
export function* toolchain(): Sim<Toolchain> {
  const release = (yield* statOrNull('/etc/os-release')) ? yield* readText('/etc/os-release') : '';
  const alpine = /^ID=alpine/m.test(release) ? /^VERSION_ID="?3\.(\d+)/m.exec(release) : null;
  if (alpine) return (ALPINE.find(([from]) => Number(alpine[1]) >= from) ?? ALPINE[0])[1];
  return own(DEBIAN, /^VERSION_CODENAME=(\w+)/m.exec(release)?.[1] ?? '') ?? DEBIAN.bookworm;
}
