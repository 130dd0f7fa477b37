import type { Sim } from '../../../kernel/sim.ts';
import { defineCommand } from '../../cli/command.ts';
import { readEndpoint } from '../../cli/contextEndpoint.ts';
import { type ContextStore, checkContextName } from '../../cli/contexts.ts';
import { CliError } from '../../cli/errors.ts';

export const command = defineCommand({
  path: 'context create',
  *run({ cli, flags, args: [name] }) {
    const store = cli.contexts();
    checkContextName(name);
    if (yield* store.exists(name)) throw new CliError(`context "${name}" already exists`);
    const description = flags.string('description');
    const from = flags.string('from');
    if (from === '' && flags.changed('docker')) {
      const { endpoint, tls } = yield* readEndpoint(store, flags.list('docker'));
      yield* store.save({ Name: name, Metadata: described({}, description), Endpoints: { docker: endpoint } });
      yield* store.replaceTls(name, tls.size > 0 ? new Map([['docker', tls]]) : new Map());
    } else {
      if (flags.list('docker').length > 0) throw new CliError('cannot use --docker flag when --from is set');
      yield* copy(store, from === '' ? yield* cli.contextName() : from, name, description);
    }
    yield* cli.out(`${name}\n`);
    yield* cli.err(`Successfully created context "${name}"\n`);
  },
});

function* copy(store: ContextStore, from: string, to: string, description: string): Sim<void> {
  const meta = yield* store.get(from);
  yield* store.save({ ...meta, Name: to, Metadata: described(meta.Metadata, description) });
  yield* store.replaceTls(to, yield* store.tlsFiles(from));
}

function described(metadata: Readonly<Record<string, unknown>>, description: string): Readonly<Record<string, unknown>> {
  return description === '' ? metadata : { ...metadata, Description: description };
}
