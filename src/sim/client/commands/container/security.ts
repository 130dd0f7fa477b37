/** --security-opt, --restart, --device and other texts with a form of their own. */
import type { DeviceMapping, RestartPolicy, ThrottleDevice, WeightDevice } from '../../../api/types/container.ts';
import { goErrorText, isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readText } from '../../../kernel/syscalls.ts';
import { compactJson } from '../../../lib/goQuote.ts';
import { parseRamSize } from '../../../lib/goSize.ts';
import { CliError } from '../../cli/errors.ts';

export function parseRestartPolicy(text: string): RestartPolicy {
  if (text === '') return { Name: '', MaximumRetryCount: 0 };
  const at = text.indexOf(':');
  const name = at < 0 ? text : text.slice(0, at);
  const count = at < 0 ? '' : text.slice(at + 1);
  if (at >= 0 && name === '') throw new CliError('invalid restart policy format: no policy provided before colon');
  if (count !== '' && !/^[+-]?\d+$/.test(count))
    throw new CliError('invalid restart policy format: maximum retry count must be an integer');
  return { Name: name, MaximumRetryCount: Number(count) };
}

export interface SecurityOptions {
  readonly options: readonly string[];
  /** `systempaths=unconfined`: nothing is hidden. */
  readonly openSystemPaths: boolean;
}

export function* parseSecurityOptions(given: readonly string[]): Sim<SecurityOptions> {
  const options: string[] = [];
  let openSystemPaths = false;
  for (const text of given) {
    if (text === 'systempaths=unconfined') {
      openSystemPaths = true;
      continue;
    }
    const at = text.search(/[=:]/);
    if (at < 0 && text !== 'no-new-privileges') throw new CliError(`Invalid --security-opt: ${JSON.stringify(text)}`);
    const value = text.slice(at + 1);
    if (text.startsWith('seccomp') && at > 0 && value !== 'unconfined' && value !== 'builtin') {
      try {
        options.push(`seccomp=${compactJson(yield* readText(value))}`);
      } catch (error) {
        if (isErrno(error)) throw new CliError(`opening seccomp profile (${value}) failed: open ${value}: ${goErrorText(error.code)}`);
        throw error;
      }
    } else options.push(text);
  }
  return { options, openSystemPaths };
}

/** '/dev/a[:/dev/b[:rwm]]' */
export function parseDevice(text: string): DeviceMapping {
  const parts = text.split(':');
  const isMode = (mode: string): boolean => /^[rwm]{1,3}$/.test(mode) && new Set(mode).size === mode.length;
  const [source] = parts;
  let target = source;
  let permissions = 'rwm';
  if (parts.length > 3 || source === '') throw new CliError(`bad format for path: ${text}`);
  if (parts.length === 3) {
    [, target, permissions] = parts;
    if (!isMode(permissions)) throw new CliError(`bad mode specified: ${permissions}`);
  } else if (parts.length === 2) {
    if (isMode(parts[1])) permissions = parts[1];
    else target = parts[1];
  }
  if (!target.startsWith('/')) throw new CliError(`${text} is not an absolute path`);
  return { PathOnHost: source, PathInContainer: target === '' ? source : target, CgroupPermissions: permissions };
}

export function weightDevices(list: readonly string[]): readonly WeightDevice[] {
  return list.map((text) => {
    const at = text.lastIndexOf(':');
    return { Path: text.slice(0, at), Weight: Number(text.slice(at + 1)) };
  });
}

export function throttleDevices(list: readonly string[]): readonly ThrottleDevice[] {
  return list.map((text) => {
    const at = text.lastIndexOf(':');
    return { Path: text.slice(0, at), Rate: parseRamSize(text.slice(at + 1)) };
  });
}

/** Capabilities as the API has them: upper case with CAP_, sorted, once. */
export function capabilities(
  add: readonly string[],
  drop: readonly string[],
): { readonly add: readonly string[] | null; readonly drop: readonly string[] | null } {
  const normal = (name: string): string => {
    const upper = name.trim().toUpperCase();
    return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
  };
  const added = new Set(add.map(normal));
  const dropped = new Set(drop.map(normal));
  for (const name of added) dropped.delete(name);
  const list = (set: ReadonlySet<string>): readonly string[] | null => (set.size === 0 ? null : [...set].sort());
  return { add: list(added), drop: list(dropped) };
}
