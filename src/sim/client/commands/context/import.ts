import { goErrorText, isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { read, readFile } from '../../../kernel/syscalls.ts';
import { ByteBuilder } from '../../../lib/bytes.ts';
import { readTar, TarError } from '../../../lib/tar/index.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import { defineCommand } from '../../cli/command.ts';
import { type ContextStore, checkContextName, parseMeta } from '../../cli/contexts.ts';
import { CliError } from '../../cli/errors.ts';

export const command = defineCommand({
  path: 'context import',
  *run({ cli, args: [name, source] }) {
    const store = cli.contexts();
    checkContextName(name);
    if (yield* store.exists(name)) throw new CliError(`context "${name}" already exists`);
    yield* unpack(store, name, yield* archive(source));
    yield* cli.out(`${name}\n`);
    yield* cli.err(`Successfully imported context "${name}"\n`);
  },
});

function* archive(source: string): Sim<Uint8Array> {
  if (source !== '-') {
    try {
      return yield* readFile(source);
    } catch (error) {
      if (isErrno(error)) throw new CliError(`open ${source}: ${goErrorText(error.code)}`);
      throw error;
    }
  }
  const out = new ByteBuilder();
  for (let data = yield* read(0, 32 * 1024); data.length > 0; data = yield* read(0, 32 * 1024)) out.add(data);
  return out.finish();
}

function* unpack(store: ContextStore, name: string, data: Uint8Array): Sim<void> {
  if (data[0] === 0x50 && data[1] === 0x4b) throw new CliError('drydock: contexts in zip files are not simulated');
  let entries: ReturnType<typeof readTar>['entries'];
  try {
    entries = readTar(data, { strict: true }).entries;
  } catch (error) {
    if (error instanceof TarError) throw new CliError('unexpected EOF');
    throw error;
  }
  const tls = new Map<string, Map<string, Uint8Array>>();
  let found = false;
  for (const entry of entries.filter((e) => e.type === 'file')) {
    if (entry.name === 'meta.json') {
      yield* store.save({ ...parseMeta(decodeUtf8(entry.data)), Name: name });
      found = true;
      continue;
    }
    if (!entry.name.startsWith('tls/')) throw new CliError(`${entry.name}: unexpected context file`);
    const [, endpoint, file] = /^tls\/([^/]+)\/(.+)$/.exec(entry.name) ?? [];
    if (!file) throw new CliError('archive format is invalid');
    tls.set(endpoint, (tls.get(endpoint) ?? new Map<string, Uint8Array>()).set(file, entry.data));
  }
  if (!found) throw new CliError('invalid context: no metadata found');
  yield* store.replaceTls(name, tls);
}
