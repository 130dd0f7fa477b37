/** Package managers: apt-get, apt, dpkg of Debian and apk of Alpine, on a small simulated archive. */
import type { Program } from '../../kernel/program.ts';
import { tool } from '../lib/tool.ts';
import { apk } from './apk.ts';
import { apt } from './apt.ts';
import { aptCache } from './aptCache.ts';
import { aptMark } from './aptMark.ts';
import { dpkg, dpkgQuery } from './dpkg.ts';

export const programs: readonly Program[] = [
  tool('apt-get', (t) => apt(t, false), { failStatus: 100, shortName: true }),
  tool('apt', (t) => apt(t, true), { failStatus: 100, shortName: true }),
  tool('apt-cache', aptCache, { failStatus: 100, shortName: true }),
  tool('apt-mark', aptMark, { failStatus: 100, shortName: true }),
  tool('dpkg', dpkg, { failStatus: 2, shortName: true }),
  tool('dpkg-query', dpkgQuery, { failStatus: 2, shortName: true }),
  tool('apk', apk, { failStatus: 1, shortName: true }),
];
