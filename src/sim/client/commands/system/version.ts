import type { ComponentVersion, Version } from '../../../api/types/system.ts';
import { formatAnsi, parseRfc3339 } from '../../../lib/goTime.ts';
import { clientStruct, clientVersion } from '../../cli/clientVersion.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { tabulate } from '../../cli/format/tabWriter.ts';
import { execute, GoMap, GoStruct, type GoValue, parse, type Template, TemplateError } from '../../cli/template/index.ts';

export const command = defineCommand({
  path: 'version',
  *run({ cli, flags }) {
    const format = flags.string('format');
    const template = format === '' ? undefined : parseOrExit(format === 'json' ? '{{json .}}' : format);
    const engine = yield* cli.engine();
    const client = clientVersion(yield* cli.contextName(), yield* engine.version());
    let server: Version | undefined;
    let failure: CliError | undefined;
    try {
      server = withBuildTimes(yield* engine.get<Version>('/version'));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      failure = error;
    }
    if (!template) yield* cli.out(tabulate(`${clientText(client)}${server ? serverText(server) : ''}\n`, { minWidth: 20, padding: 1 }));
    else {
      const info = new GoStruct('system.versionInfo', { Client: clientStruct(client), Server: server ? serverStruct(server) : null });
      const shown = render(template, info);
      yield* cli.out(`${shown.text}\n`);
      failure ??= shown.failure;
    }
    if (failure) throw failure;
  },
});

function parseOrExit(format: string): Template {
  try {
    return parse(format, 'version');
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}

function render(template: Template, value: GoValue): { readonly text: string; readonly failure: CliError | undefined } {
  try {
    return { text: execute(template, value), failure: undefined };
  } catch (error) {
    if (error instanceof TemplateError) return { text: error.written, failure: new CliError(error.message) };
    throw error;
  }
}

/** The engine's time of building, as C writes times. */
function withBuildTimes(version: Version): Version {
  const Components = (version.Components ?? []).map((c): ComponentVersion => {
    const at = c.Name === 'Engine' ? parseRfc3339(c.Details?.BuildTime ?? '') : undefined;
    return at ? { ...c, Details: { ...c.Details, BuildTime: formatAnsi(at) } } : c;
  });
  return { ...version, Components };
}

function serverStruct(version: Version): GoStruct {
  const { ApiVersion, Components, Platform, ...rest } = version;
  const components = Components.map(
    (c) =>
      new GoStruct('types.ComponentVersion', {
        Name: c.Name,
        Version: c.Version,
        Details: new GoMap(new Map(Object.entries(c.Details ?? {}))),
      }),
  );
  return new GoStruct(
    '*types.Version',
    {
      Platform: new GoStruct('struct { Name string }', { Name: Platform.Name }),
      Components: components,
      APIVersion: ApiVersion,
      Experimental: false,
      ...rest,
    },
    () => JSON.stringify(version),
  );
}

function clientText(client: Readonly<Record<string, string>>): string {
  const downgraded = client.ApiVersion === client.DefaultAPIVersion ? '' : ` (downgraded from ${client.DefaultAPIVersion})`;
  return [
    'Client:',
    ` Version:\t${client.Version}`,
    ` API version:\t${client.ApiVersion}${downgraded}`,
    ` Go version:\t${client.GoVersion}`,
    ` Git commit:\t${client.GitCommit}`,
    ` Built:\t${client.BuildTime}`,
    ` OS/Arch:\t${client.Os}/${client.Arch}`,
    ` Context:\t${client.Context}`,
  ].join('\n');
}

function serverText(version: Version): string {
  const lines = ['', '', `Server:${version.Platform.Name === '' ? '' : ` ${version.Platform.Name}`}`];
  for (const c of version.Components) {
    const details = c.Details ?? {};
    lines.push(` ${c.Name}:`);
    if (c.Name !== 'Engine') {
      lines.push(
        `  Version:\t${c.Version}`,
        ...Object.keys(details)
          .sort()
          .map((key) => `  ${key}:\t${details[key]}`),
      );
      continue;
    }
    lines.push(
      `  Version:\t${version.Version}`,
      `  API version:\t${details.ApiVersion} (minimum version ${details.MinAPIVersion})`,
      `  Go version:\t${details.GoVersion}`,
      `  Git commit:\t${details.GitCommit}`,
      `  Built:\t${details.BuildTime}`,
      `  OS/Arch:\t${details.Os}/${details.Arch}`,
      `  Experimental:\t${details.Experimental}`,
    );
  }
  return lines.join('\n');
}
