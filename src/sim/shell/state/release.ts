/** Which bash a distribution's release has: what `bash --version`, BASH_VERSION and the prompt say. */
import type { Sim } from '../../kernel/sim.ts';
import { readText, statOrNull } from '../../kernel/syscalls.ts';
import { own } from '../../lib/dictionary.ts';
import { osReleaseField } from '../../lib/osRelease.ts';

export const DEFAULT_BASH = '5.2.15';

const BY_CODENAME: Readonly<Record<string, string>> = {
  bullseye: '5.1.4',
  bookworm: DEFAULT_BASH,
  trixie: '5.2.37',
  focal: '5.0.17',
  jammy: '5.1.16',
  noble: '5.2.21',
  resolute: '5.3.0',
};
const BY_ID: Readonly<Record<string, string>> = { alpine: '5.3.3', ol: '5.1.8' };

/** '5.2.15', by the os-release of the system that the shell runs in. */
export function* bashRelease(): Sim<string> {
  const text = (yield* statOrNull('/etc/os-release')) ? yield* readText('/etc/os-release') : '';
  const field = (name: string) => osReleaseField(text, name);
  return own(BY_CODENAME, field('VERSION_CODENAME')) ?? own(BY_ID, field('ID')) ?? DEFAULT_BASH;
}

/** 'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)' */
export const bashProduct = (release: string): string => `GNU bash, version ${release}(1)-release (x86_64-pc-linux-gnu)`;
