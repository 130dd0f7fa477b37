import { defineCommand } from '../../cli/command.ts';
import { readEndpoint } from '../../cli/contextEndpoint.ts';
import { checkContextName } from '../../cli/contexts.ts';

export const command = defineCommand({
  path: 'context update',
  *run({ cli, flags, args: [name] }) {
    checkContextName(name);
    const store = cli.contexts();
    const meta = yield* store.get(name);
    const description = flags.string('description');
    const chosen = flags.changed('docker') ? yield* readEndpoint(store, flags.list('docker')) : undefined;
    yield* store.save({
      Name: name,
      Metadata: description === '' ? meta.Metadata : { ...meta.Metadata, Description: description },
      Endpoints: chosen ? { ...meta.Endpoints, docker: chosen.endpoint } : meta.Endpoints,
    });
    if (chosen) {
      const files = new Map(yield* store.tlsFiles(name));
      files.delete('docker');
      if (chosen.tls.size > 0) files.set('docker', chosen.tls);
      yield* store.replaceTls(name, files);
    }
    yield* cli.out(`${name}\n`);
    yield* cli.err(`Successfully updated context "${name}"\n`);
  },
});
