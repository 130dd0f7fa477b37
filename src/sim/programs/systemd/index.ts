import type { Program } from '../../kernel/program.ts';
import { systemd } from './manager.ts';
import { service } from './service.ts';
import { systemctl } from './systemctl.ts';
import { journalctl } from './tools.ts';

/** Process 1 of a machine and the tools that talk to it. */
export const programs: readonly Program[] = [systemd, systemctl, service, journalctl];
