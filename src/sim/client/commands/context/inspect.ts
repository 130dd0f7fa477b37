import { escapeJsonHtml } from '../../../lib/goQuote.ts';
import { defineCommand } from '../../cli/command.ts';
import { type ContextMeta, metaJson } from '../../cli/contexts.ts';
import { inspectAll } from '../../cli/inspect.ts';
import { GoMap, type GoObject, GoStruct, type GoValue, jsonOf, printValue } from '../../cli/template/index.ts';

export const command = defineCommand({
  path: 'context inspect',
  *run({ cli, flags, args }) {
    const names = args.length > 0 ? args : [yield* cli.contextName()];
    const store = cli.contexts();
    yield* inspectAll(
      cli,
      names,
      flags.string('format'),
      function* (name) {
        const meta = yield* store.get(name);
        const tls = [...(yield* store.tlsFiles(name))].map(([endpoint, files]) => [endpoint, [...files.keys()]] as const);
        return escapeJsonHtml(
          JSON.stringify({
            ...(JSON.parse(metaJson(meta)) as ContextMeta),
            TLSMaterial: Object.fromEntries(tls),
            Storage: { MetadataPath: store.metaDir(name), TLSPath: store.tlsDir(name) },
          }),
        );
      },
      view,
    );
  },
});

/** The object as docker's structs hold it: descriptions that are always there, endpoints and files as maps. */
function view(raw: GoObject): GoValue {
  const metadata = raw.Metadata as GoObject;
  const endpoints = Object.entries(raw.Endpoints as Readonly<Record<string, GoObject>>).map(
    ([name, e]) =>
      [name, new GoStruct('docker.EndpointMeta', { Host: e.Host ?? '', SkipTLSVerify: e.SkipTLSVerify }, () => jsonOf(e))] as const,
  );
  // The members of store.Metadata are seen in the object too; {{.Metadata}} is all of them.
  const members = {
    Name: raw.Name,
    Metadata: new GoStruct(
      'command.DockerContext',
      { Description: metadata.Description ?? '', AdditionalFields: new GoMap(new Map()) },
      () => jsonOf(metadata),
    ),
    Endpoints: new GoMap(new Map(endpoints)),
  };
  const whole = new GoStruct('store.Metadata', members);
  const tls = new GoMap(new Map(Object.entries(raw.TLSMaterial as GoObject)));
  const storage = new GoStruct('store.StorageInfo', raw.Storage as GoObject);
  return new GoStruct(
    'context.contextWithTLSListing',
    { ...members, Metadata: whole, TLSMaterial: tls, Storage: storage },
    () => jsonOf(raw),
    () => `{${[whole, tls, storage].map(printValue).join(' ')}}`,
  );
}
