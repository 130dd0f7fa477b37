/** What the client tells of itself, as templates and JSON see it. */

import { BUILD_TIME, CLIENT_API_VERSION, CLIENT_VERSION, GIT_COMMIT, GO_VERSION } from './cli.ts';
import type { GoField } from './template/index.ts';
import { GoStruct } from './template/index.ts';

/** Go's names of the members that JSON spells otherwise. */
const GO_NAMES: Readonly<Record<string, string>> = { ApiVersion: 'APIVersion' };

/** Members by their JSON names. `apiVersion` is '' where no daemon was asked. */
export function clientVersion(context: string, apiVersion: string): Readonly<Record<string, string>> {
  return {
    Version: CLIENT_VERSION,
    ...(apiVersion === '' ? {} : { ApiVersion: apiVersion }),
    DefaultAPIVersion: CLIENT_API_VERSION,
    GitCommit: GIT_COMMIT,
    GoVersion: GO_VERSION,
    Os: 'linux',
    Arch: 'amd64',
    BuildTime: BUILD_TIME,
    Context: context,
  };
}

export function clientFields(version: Readonly<Record<string, string>>): Record<string, GoField> {
  const { Version, ...rest } = version;
  const fields: Record<string, GoField> = { Platform: null, Version, APIVersion: '' };
  for (const [name, value] of Object.entries(rest)) fields[GO_NAMES[name] ?? name] = value;
  return fields;
}

export function clientStruct(version: Readonly<Record<string, string>>): GoStruct {
  return new GoStruct('system.clientVersion', clientFields(version), () => JSON.stringify(version));
}
