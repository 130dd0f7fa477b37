/** The container's own config: what the request says, checked, and merged with the image's. */
import type { ContainerConfig, HealthConfig } from '../../api/types/common.ts';
import type { CreateRequest } from '../../api/types/container.ts';
import { invalid } from '../errors.ts';
import { parseSignal } from './signals.ts';

const MINIMUM_NS = 1_000_000;

/** Throws invalid with Docker's text. */
export function checkConfig(config: Partial<ContainerConfig>): void {
  const workingDir = config.WorkingDir ?? '';
  if (workingDir !== '' && !workingDir.startsWith('/')) {
    throw invalid(`the working directory '${workingDir}' is invalid, it needs to be an absolute path`);
  }
  if (config.StopSignal) parseSignal(config.StopSignal);
  for (const env of config.Env ?? []) {
    if (env === '' || env.startsWith('=')) throw invalid(`invalid environment variable: ${env}`);
  }
  const health = config.Healthcheck;
  if (!health) return;
  for (const field of ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'] as const) {
    const value = health[field] ?? 0;
    if (value !== 0 && value < MINIMUM_NS) throw invalid(`${field} in Healthcheck cannot be less than 1ms`);
  }
  if ((health.Retries ?? 0) < 0) throw invalid('Retries in Healthcheck cannot be negative');
}

/** The user's settings win; lists of environment, ports, labels and volumes are joined. */
export function mergeConfig(request: CreateRequest, image: ContainerConfig | undefined): ContainerConfig {
  const userCmd = request.Cmd ?? [];
  const userEntrypoint = request.Entrypoint ?? null;
  const noEntrypoint = (userEntrypoint ?? []).length === 0;
  const cmd = noEntrypoint && userCmd.length === 0 ? (image?.Cmd ?? null) : (request.Cmd ?? null);
  const entrypoint = userEntrypoint ?? image?.Entrypoint ?? null;
  const volumes = { ...request.Volumes, ...image?.Volumes };
  return configJson({
    Hostname: request.Hostname ?? '',
    Domainname: request.Domainname ?? '',
    User: request.User || image?.User || '',
    AttachStdin: request.AttachStdin ?? false,
    AttachStdout: request.AttachStdout ?? false,
    AttachStderr: request.AttachStderr ?? false,
    ExposedPorts: sortedKeys({ ...request.ExposedPorts, ...image?.ExposedPorts }),
    Tty: request.Tty ?? false,
    OpenStdin: request.OpenStdin ?? false,
    StdinOnce: request.StdinOnce ?? false,
    Env: mergeEnv(request.Env ?? [], image?.Env ?? []),
    Cmd: cmd,
    Healthcheck: mergeHealth(request.Healthcheck ?? undefined, image?.Healthcheck),
    ArgsEscaped: request.ArgsEscaped || image?.ArgsEscaped,
    Image: request.Image ?? '',
    Volumes: Object.keys(volumes).length === 0 ? null : sortedKeys(volumes),
    WorkingDir: cleanPath(request.WorkingDir || image?.WorkingDir || ''),
    Entrypoint: entrypoint,
    NetworkDisabled: request.NetworkDisabled,
    MacAddress: request.MacAddress,
    OnBuild: null,
    Labels: sortedKeys({ ...image?.Labels, ...request.Labels }),
    StopSignal: request.StopSignal || image?.StopSignal,
    StopTimeout: request.StopTimeout ?? undefined,
    Shell: request.Shell ?? image?.Shell,
  });
}

/** Members in Docker's order; the optional ones that are empty are left out. */
export function configJson(config: ContainerConfig): ContainerConfig {
  const optional = ['ExposedPorts', 'Healthcheck', 'ArgsEscaped', 'NetworkDisabled', 'MacAddress', 'StopSignal', 'StopTimeout', 'Shell'];
  const isEmpty = (value: unknown): boolean =>
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0);
  return Object.fromEntries(
    Object.entries(config).filter(([key, value]) => !optional.includes(key) || !isEmpty(value)),
  ) as unknown as ContainerConfig;
}

function mergeEnv(user: readonly string[], image: readonly string[]): readonly string[] | null {
  const name = (entry: string): string => entry.split('=', 1)[0];
  const given = new Set(user.map(name));
  const out = [...user, ...image.filter((entry) => !given.has(name(entry)))];
  return out.length === 0 ? null : out;
}

function mergeHealth(user: HealthConfig | undefined, image: HealthConfig | undefined): HealthConfig | undefined {
  if (!user || !image) return dropZero(user ?? image);
  return dropZero({
    Test: (user.Test ?? []).length === 0 ? image.Test : user.Test,
    Interval: user.Interval || image.Interval,
    Timeout: user.Timeout || image.Timeout,
    StartPeriod: user.StartPeriod || image.StartPeriod,
    StartInterval: user.StartInterval || image.StartInterval,
    Retries: user.Retries || image.Retries,
  });
}

function dropZero(health: HealthConfig | undefined): HealthConfig | undefined {
  if (!health) return undefined;
  return Object.fromEntries(
    Object.entries(health).filter(([, value]) => value !== undefined && value !== 0 && value !== null),
  ) as HealthConfig;
}

/** Go writes maps in the order of their keys. */
export function sortedKeys<T extends object>(map: T): T {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) as T;
}

/** filepath.Clean for absolute paths. */
export function cleanPath(path: string): string {
  if (path === '') return '';
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return `/${out.join('/')}`;
}
