/** Settings of a terminal (termios(3)). */
import type { Termios } from '../abi.ts';

/** A terminal as it is opened: it edits lines and sends signals. */
export const COOKED: Termios = {
  icanon: true,
  echo: true,
  echoe: true,
  echoctl: true,
  isig: true,
  iexten: true,
  icrnl: true,
  inlcr: false,
  igncr: false,
  ixon: true,
  opost: true,
  onlcr: true,
};

/** As cfmakeraw leaves it: every byte as it is. */
export const RAW: Termios = { ...COOKED, icanon: false, echo: false, isig: false, iexten: false, icrnl: false, ixon: false, opost: false };
