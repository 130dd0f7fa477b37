import { descriptorBody, fileBody } from '../../cli/archive.ts';
import { defineCommand } from '../../cli/command.ts';
import { progressTarget, readReference } from '../../cli/pull.ts';
import { showProgress } from '../../engine/jsonMessage.ts';

export const command = defineCommand({
  path: 'image import',
  *run({ cli, flags, args: [source, name = ''] }) {
    const remote = /^https?:\/\//.test(source);
    const body = remote ? undefined : source === '-' ? descriptorBody(0) : yield* fileBody(source);
    if (name !== '') readReference(name);
    const engine = yield* cli.engine();
    const response = yield* engine.open('POST', '/images/create', {
      query: {
        fromSrc: remote ? source : '-',
        repo: name === '' ? undefined : name,
        message: flags.string('message') || undefined,
        changes: flags.list('change'),
        platform: flags.string('platform').toLowerCase() || undefined,
      },
      headers: body ? { 'Content-Type': 'text/plain' } : {},
      body,
    });
    yield* showProgress(response.body, yield* progressTarget(cli, 1));
  },
});
