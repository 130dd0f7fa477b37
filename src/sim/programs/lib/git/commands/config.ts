import type { Sim } from '../../../../kernel/sim.ts';
import { writeFile } from '../../../../kernel/syscalls.ts';
import { Fatal } from '../../failure.ts';
import { type Git, note, readFlags } from '../command.ts';
import { editConfig, normalKey, parseConfig } from '../configFile.ts';
import { globalConfig, globalConfigPath, Repository, textOrEmpty } from '../repository.ts';

/** `git config` */
export function* config(git: Git): Sim<number | void> {
  const flags = readFlags(
    git.args,
    'global local system l,list get get-all unset add f,file: show-origin name-only bool int type: default:',
  );
  const path = yield* pathOf();
  const values =
    path !== undefined && (flags.has('global') || flags.has('system') || flags.has('local') || flags.has('file'))
      ? parseConfig(yield* textOrEmpty(path))
      : yield* everything();
  if (flags.has('list')) {
    for (const { key, value } of values) yield* git.t.print(flags.has('name-only') ? `${key}\n` : `${key}=${value}\n`);
    return;
  }
  const [key, value] = flags.operands;
  if (key === undefined) throw new Fatal('no action specified', 129);
  const wanted = normalKey(key);
  if (wanted === undefined) {
    yield* note(git, `error: key does not contain a section: ${key}\n`);
    return 1;
  }
  const found = values.filter((v) => v.key === wanted);
  if (value === undefined && !flags.has('unset')) {
    if (found.length === 0) return flags.has('default') ? yield* git.t.print(`${flags.value('default')}\n`) : 1;
    for (const v of flags.has('get-all') ? found : found.slice(-1)) yield* git.t.print(`${v.value}\n`);
    return;
  }
  const target = path ?? (yield* Repository.find()).dir.concat('/config');
  if (flags.has('unset') && found.length === 0) return 5;
  yield* writeFile(target, editConfig(yield* textOrEmpty(target), key, flags.has('unset') ? undefined : value));

  function* pathOf(): Sim<string | undefined> {
    const file = flags.value('file');
    if (file !== undefined) return file;
    if (flags.has('global')) return yield* globalConfigPath();
    if (flags.has('system')) return '/etc/gitconfig';
    return flags.has('local') || flags.operands.length > 1 || flags.has('unset') ? `${(yield* Repository.find()).dir}/config` : undefined;
  }

  function* everything(): ReturnType<typeof globalConfig> {
    try {
      return yield* (yield* Repository.find()).config();
    } catch (error) {
      if (error instanceof Fatal) return yield* globalConfig();
      throw error;
    }
  }
}
