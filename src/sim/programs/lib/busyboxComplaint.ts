/** What is wrong with a command line, in BusyBox's words and those of its C library's getopt(3). */
import type { BusyboxBuild } from './busyboxBuild.ts';
import { busyboxUsage } from './busyboxUsage.ts';

/** getopt's messages, glibc's and musl's. */
const GETOPT: readonly (readonly [glibc: RegExp, musl: string])[] = [
  [/^invalid option -- '(.)'$/s, 'unrecognized option: $1'],
  [/^unrecognized option '--(.*)'$/s, 'unrecognized option: $1'],
  [/^option '--(.*)' is ambiguous.*$/s, 'option is ambiguous: $1'],
  [/^option requires an argument -- '(.)'$/s, 'option requires an argument: $1'],
  [/^option '--(.*)' requires an argument$/s, 'option requires an argument: $1'],
  [/^option '--(.*)' doesn't allow an argument$/s, 'option does not take an argument: $1'],
];

/**
 * BusyBox's message for a complaint in GNU's words. A wrong option is named before the usage; too many or too few words give the
 * usage alone; all numbers go through the same few readers, which say `invalid number 'x'` and no more.
 */
export function busyboxComplaint(message: string, build: BusyboxBuild): { readonly message: string; readonly usage: boolean } {
  for (const [glibc, musl] of GETOPT)
    if (glibc.test(message)) return { message: build.musl ? message.replace(glibc, musl) : message, usage: true };
  const year = /^year ‘(.*)’ not in range/.exec(message);
  if (year) return { message: `invalid number '${year[1]}'`, usage: false };
  if (message.startsWith('unrecognized operand ')) return { message: '', usage: true };
  if (message.startsWith('unrecognized: ')) return { message, usage: true };
  if (/^(missing|extra) (file |destination file )?operand/.test(message)) return { message: '', usage: true };
  const seconds = /^(?:number|invalid argument:?) ?'(.*)'$/s.exec(message);
  if (seconds) return { message: `invalid number '${seconds[1]}'`, usage: false };
  const number = /^[Ii]nvalid [\w -]+:? ?‘(.*)’$/s.exec(message);
  if (number) return { message: `invalid number '${number[1]}'`, usage: false };
  return { message: message.replace(/[‘’]/g, "'"), usage: message === '' };
}

/** All that an applet writes on standard error for a wrong command line. */
export function busyboxRefusal(applet: string, complaint: string, build: BusyboxBuild): string {
  const { message, usage } = busyboxComplaint(complaint, build);
  return `${message === '' ? '' : `${applet}: ${message}\n`}${usage ? busyboxUsage(applet, build) : ''}`;
}
