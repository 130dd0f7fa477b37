import type { Sim } from '../../kernel/sim.ts';
import { getenv, lstatOrNull, readdir } from '../../kernel/syscalls.ts';
import { own } from '../../lib/dictionary.ts';
import { parentOf } from '../small.ts';
import { UsageError } from './failure.ts';
import type { ParsedOptions } from './options.ts';
import { lastPart } from './paths.ts';
import { quote } from './quote.ts';

export type BackupKind = 'none' | 'simple' | 'numbered' | 'existing';
export interface Backup {
  readonly kind: BackupKind;
  readonly suffix: string;
}

const KINDS: Readonly<Record<string, BackupKind>> = {
  none: 'none',
  off: 'none',
  simple: 'simple',
  never: 'simple',
  existing: 'existing',
  nil: 'existing',
  numbered: 'numbered',
  t: 'numbered',
};

/** -b, --backup[=CONTROL] ('backup') and -S. */
export function* readBackup(o: ParsedOptions): Sim<Backup> {
  const suffix = o.value('S') ?? (yield* getenv('SIMPLE_BACKUP_SUFFIX')) ?? '~';
  const word =
    o.value('backup') || (o.has('b') || o.has('backup') || o.has('S') ? ((yield* getenv('VERSION_CONTROL')) ?? 'existing') : 'none');
  const kind = own(KINDS, word);
  if (kind === undefined)
    throw new UsageError(
      `invalid argument ${quote(word)} for ${quote('backup type')}\nValid arguments are:\n  - ‘none’, ‘off’\n  - ‘simple’, ‘never’\n  - ‘existing’, ‘nil’\n  - ‘numbered’, ‘t’`,
    );
  return { kind, suffix };
}

/** Where the old file at `path` goes, or undefined without backups or file. */
export function* backupName(path: string, backup: Backup): Sim<string | undefined> {
  if (backup.kind === 'none' || (yield* lstatOrNull(path)) === null) return undefined;
  if (backup.kind === 'simple') return path + backup.suffix;
  const base = lastPart(path);
  let highest = 0;
  for (const { name } of yield* readdir(parentOf(path))) {
    const m = /\.~(\d+)~$/.exec(name);
    if (m && name.startsWith(`${base}.~`)) highest = Math.max(highest, Number(m[1]));
  }
  return backup.kind === 'numbered' || highest > 0 ? `${path}.~${highest + 1}~` : path + backup.suffix;
}
