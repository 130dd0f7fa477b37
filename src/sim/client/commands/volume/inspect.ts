import { defineCommand } from '../../cli/command.ts';
import { inspectAll } from '../../cli/inspect.ts';
import { typedView } from '../../cli/inspectTypes.ts';
import { type GoObject, GoStruct, jsonOf, printValue } from '../../cli/template/index.ts';
import { objectPath } from '../../engine/paths.ts';

export const command = defineCommand({
  path: 'volume inspect',
  *run({ cli, flags, args }) {
    const engine = yield* cli.engine();
    yield* inspectAll(cli, args, flags.string('format'), (name) => engine.text('GET', objectPath('volumes', name)), volumeStruct);
  },
});

/** docker keeps no plain JSON of volumes here (but does in `docker inspect`): the struct's own errors are seen. */
function volumeStruct(raw: GoObject): GoStruct {
  const volume = typedView(raw) as GoObject;
  return new GoStruct(
    'volume.Volume',
    volume,
    () => jsonOf(volume),
    () => printValue(volume),
  );
}
