import type { Termios } from '../abi.ts';

/** What a new terminal has, as `stty sane` gives. */
export const SANE: Readonly<Termios> = {
  icanon: true, echo: true, echoe: true, echoctl: true, isig: true, iexten: true, icrnl: true, inlcr: false, igncr: false, ixon: true, opost: true, onlcr: true,
};

/** cfmakeraw(3). */
export const RAW: Partial<Termios> = {
  icanon: false, echo: false, isig: false, iexten: false, icrnl: false, inlcr: false, igncr: false, ixon: false, opost: false,
};

/** Control characters (the usual ones; programs here do not change them). */
export const CC = {
  intr: 0x03, quit: 0x1c, erase: 0x7f, kill: 0x15, eof: 0x04, start: 0x11, stop: 0x13, susp: 0x1a, werase: 0x17, lnext: 0x16, reprint: 0x12,
} as const;
