import type { Info } from '../../../api/types/system.ts';
import type { Sim } from '../../../kernel/sim.ts';
import type { Cli } from '../../cli/cli.ts';
import { clientFields, clientVersion } from '../../cli/clientVersion.ts';
import { defineCommand } from '../../cli/command.ts';
import { CliError } from '../../cli/errors.ts';
import { serverText } from '../../cli/format/infoText.ts';
import { typedView } from '../../cli/inspectTypes.ts';
import { listPlugins, type PluginInfo } from '../../cli/plugins.ts';
import { INDEX_SERVER } from '../../cli/pull.ts';
import type { GoField, GoObject, GoValue } from '../../cli/template/index.ts';
import { execute, GoMap, GoStruct, jsonOf, NIL_LIST, parse, TemplateError } from '../../cli/template/index.ts';
import { EngineError } from '../../engine/errors.ts';

interface Client {
  readonly version: Readonly<Record<string, string>>;
  readonly plugins: readonly PluginInfo[];
}

export const command = defineCommand({
  path: 'system info',
  *run({ cli, flags }) {
    const format = flags.string('format');
    const debug = cli.global.bool('debug');
    const version = clientVersion(yield* cli.contextName(), '');
    const client: Client = { version, plugins: yield* listPlugins(cli) };
    if (format === '') return yield* inFull(cli, client, debug);
    const needsServer = !clientOnly(format, new GoStruct('system.sparseInfo', clientPart(client, debug)));
    const { info, failure } = needsServer ? yield* serverInfo(cli) : {};
    if (failure && failure.status > 0) yield* cli.err(`${failure.message}\n`);
    const errors = failure && failure.status === 0 ? [failure.message] : [];
    let exit = errors.length > 0 ? 1 : 0;
    try {
      const template = parse(format === 'json' ? '{{json .}}' : format);
      const serverErrors = failure && failure.status > 0 ? [failure.message] : [];
      const value = new GoStruct(
        'system.dockerInfo',
        { ...serverPart(info), ServerErrors: serverErrors, ...clientPart(client, debug) },
        () => infoJson(info, serverErrors, client, debug),
      );
      try {
        yield* cli.out(`${execute(template, value)}\n`);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        yield* cli.out(`${error.written}\n`);
        errors.push(error.message);
        exit = 1;
      }
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      errors.push(`template parsing error: ${error.message}`);
      exit = 64;
    }
    if (exit !== 0) throw new CliError(errors.join('\n'), exit);
  },
});

function* serverInfo(cli: Cli): Sim<{ readonly info?: Info; readonly failure?: EngineError }> {
  try {
    return { info: yield* (yield* cli.engine()).get<Info>('/info') };
  } catch (error) {
    if (error instanceof EngineError) return { failure: error };
    throw error;
  }
}

function* inFull(cli: Cli, { version, plugins }: Client, debug: boolean): Sim<void> {
  const { info, failure } = yield* serverInfo(cli);
  yield* cli.out(
    `Client:\n Version:    ${version.Version}\n Context:    ${version.Context}\n Debug Mode: ${debug}\n${pluginText(plugins)}\nServer:\n`,
  );
  if (info) {
    const user = (yield* cli.config()).auths[INDEX_SERVER]?.username ?? '';
    yield* cli.out(serverText(info, user, debug));
    for (const warning of info.Warnings ?? []) yield* cli.err(`${warning}\n`);
  }
  if (!failure) return;
  if (failure.status === 0) throw failure;
  throw new CliError(`ERROR: ${failure.message}\nerrors pretty printing info`);
}

function pluginText(plugins: readonly PluginInfo[]): string {
  if (plugins.length === 0) return '';
  const one = (p: PluginInfo) => `  ${p.Name}: ${p.ShortDescription} (${p.Vendor})\n    Version:  ${p.Version}\n    Path:     ${p.Path}\n`;
  return ` Plugins:\n${plugins.map(one).join('')}`;
}

/** A template that speaks of the client alone needs no daemon. */
function clientOnly(format: string, sparse: GoStruct): boolean {
  if (format === 'json' || !/\.[a-zA-Z]/.test(format)) return false;
  try {
    execute(parse(format), sparse);
    return true;
  } catch (error) {
    if (error instanceof TemplateError) return false;
    throw error;
  }
}

function clientPart(client: Client, debug: boolean): Record<string, GoField> {
  const plugins = client.plugins.map((plugin) => new GoStruct('manager.Plugin', { ...plugin }, () => jsonOf({ ...plugin })));
  const fields = { Debug: debug, ...clientFields(client.version), Plugins: plugins, Warnings: NIL_LIST };
  return { ClientInfo: new GoStruct('*system.clientInfo', fields, () => clientJson(client, debug)), ClientErrors: NIL_LIST };
}

function clientJson(client: Client, debug: boolean): string {
  return jsonOf({ Debug: debug, ...client.version, Plugins: client.plugins.map((plugin) => ({ ...plugin })), Warnings: null });
}

function infoJson(info: Info | undefined, serverErrors: readonly string[], client: Client, debug: boolean): string {
  const server = JSON.stringify(info ?? NO_INFO).slice(1, -1);
  return `{${server}${serverErrors.length > 0 ? `,"ServerErrors":${jsonOf(serverErrors)}` : ''},"ClientInfo":${clientJson(client, debug)}}`;
}

/** Go's names of the members that JSON spells otherwise. */
const GO_NAMES: Readonly<Record<string, string>> = {
  CpuCfsPeriod: 'CPUCfsPeriod',
  CpuCfsQuota: 'CPUCfsQuota',
  HttpProxy: 'HTTPProxy',
  HttpsProxy: 'HTTPSProxy',
};

/** Members that the JSON leaves out when they are empty. */
const EMPTY: Readonly<Record<string, GoField>> = {
  SystemStatus: NIL_LIST,
  KernelMemory: false,
  KernelMemoryTCP: false,
  DefaultAddressPools: NIL_LIST,
  FirewallBackend: null,
  DiscoveredDevices: NIL_LIST,
  ProductLicense: '',
  Containerd: null,
};

/** Members that are lists, where JSON may have null. */
const LISTS = new Set(['DriverStatus', 'GenericResources', 'Labels', 'SecurityOptions', 'CDISpecDirs', 'Warnings']);

function serverPart(info: Info | undefined): Record<string, GoField> {
  const fields: Record<string, GoField> = { ...EMPTY };
  for (const [name, value] of Object.entries(info ?? NO_INFO))
    fields[GO_NAMES[name] ?? name] = value === null && LISTS.has(name) ? NIL_LIST : typedView(value as GoValue, name);
  fields.Runtimes = new GoMap(new Map(Object.entries(info?.Runtimes ?? {}).map(([name, r]) => [name, runtime(r)])));
  return fields;
}

/** A runtime prints with all the members that it has in Go. */
function runtime(r: { readonly path: string; readonly status?: Readonly<Record<string, string>> }): GoStruct {
  return new GoStruct(
    'system.RuntimeWithStatus',
    { Path: r.path, Args: NIL_LIST, Type: '', Options: new GoMap(new Map()), Status: new GoMap(new Map(Object.entries(r.status ?? {}))) },
    () => jsonOf(r as unknown as GoObject),
    () =>
      `{{${r.path} []  map[]} map[${Object.entries(r.status ?? {})
        .map(([k, v]) => `${k}:${v}`)
        .join(' ')}]}`,
  );
}

/** What templates see when the daemon did not answer. */
const NO_INFO = {
  ...{ ID: '', Containers: 0, ContainersRunning: 0, ContainersPaused: 0, ContainersStopped: 0, Images: 0, Driver: '', DriverStatus: null },
  ...{
    Plugins: { Volume: null, Network: null, Authorization: null, Log: null },
    MemoryLimit: false,
    SwapLimit: false,
    CpuCfsPeriod: false,
  },
  ...{
    CpuCfsQuota: false,
    CPUShares: false,
    CPUSet: false,
    PidsLimit: false,
    IPv4Forwarding: false,
    Debug: false,
    NFd: 0,
    OomKillDisable: false,
  },
  ...{ NGoroutines: 0, SystemTime: '', LoggingDriver: '', CgroupDriver: '', NEventsListener: 0, KernelVersion: '', OperatingSystem: '' },
  ...{
    OSVersion: '',
    OSType: '',
    Architecture: '',
    IndexServerAddress: '',
    RegistryConfig: null,
    NCPU: 0,
    MemTotal: 0,
    GenericResources: null,
  },
  ...{ DockerRootDir: '', HttpProxy: '', HttpsProxy: '', NoProxy: '', Name: '', Labels: null, ExperimentalBuild: false, ServerVersion: '' },
  ...{ Runtimes: null, DefaultRuntime: '', LiveRestoreEnabled: false, Isolation: '', InitBinary: '', ContainerdCommit: { ID: '' } },
  Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: '', ControlAvailable: false, Error: '', RemoteManagers: null },
  ...{ RuncCommit: { ID: '' }, InitCommit: { ID: '' }, SecurityOptions: null, CDISpecDirs: null, Warnings: null },
} as const;
