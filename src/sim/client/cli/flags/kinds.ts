/** The kinds of flag values: how each text is checked and what it becomes. */
import { parseGoDuration } from '../../../lib/goDuration.ts';
import { parseRamSize } from '../../../lib/goSize.ts';
import type { FlagSpec } from '../tree.ts';
import { csvFields } from './csv.ts';
import { parseGpus } from './gpus.ts';
import { parseMount } from './mount.ts';
import { parseNetwork } from './network.ts';
import { parseBool, parseCpus, parseInteger, unsigned } from './numbers.ts';
import {
  fileReference,
  parseCredentialSpec,
  parseExternalCa,
  parseNodeAddress,
  parsePlacementPreference,
  parseServicePort,
  parseSubnets,
  splitCommand,
} from './swarmKinds.ts';
import { parseUlimit } from './ulimit.ts';
import { validators } from './validators.ts';

export interface FlagKind {
  /** The value after one more `--flag text`. */
  add(before: unknown, text: string, long: string): unknown;
}

const one = (parse: (text: string, long: string) => unknown): FlagKind => ({ add: (_before, text, long) => parse(text, long) });
const many = (parse: (text: string, long: string) => readonly unknown[]): FlagKind => ({
  add: (before, text, long) => [...((before as readonly unknown[] | undefined) ?? []), ...parse(text, long)],
});

function filter(text: string): readonly string[] {
  if (text === '') return [];
  const at = text.indexOf('=');
  if (at < 0) throw new Error('bad format of filter (expected name=value)');
  return [`${text.slice(0, at).trim().toLowerCase()}=${text.slice(at + 1).trim()}`];
}

function checked(text: string, long: string): readonly string[] {
  return [validators[long]?.(text) ?? text];
}

/** 'a=b' or 'a=b,c=d', with CSV's quotes in the second form. */
function pairs(text: string): readonly string[] {
  const fields = (text.match(/=/g)?.length ?? 0) <= 1 ? [text.replace(/^"+|"+$/g, '')] : csvFields(text);
  for (const field of fields) if (!field.includes('=')) throw new Error(`${field} must be formatted as key=value`);
  return fields;
}

const list = many(checked);
const strings = many((text) => (text === '' ? [] : csvFields(text)));
const KINDS: Readonly<Record<string, FlagKind>> = {
  bool: one(parseBool),
  string: one((text) => text),
  int: one((text) => parseInteger(text)),
  uint: one(unsigned(64)),
  uint16: one(unsigned(16)),
  uint32: one(unsigned(32)),
  float: one((text) => {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
      throw new Error(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`);
    return Number(text);
  }),
  decimal: one(parseCpus),
  duration: one(parseGoDuration),
  bytes: one((text, long) => (long === 'memory-swap' && text === '-1' ? -1 : parseRamSize(text))),
  list,
  stringArray: list,
  map: list,
  strings,
  stringToString: many(pairs),
  filter: many(filter),
  mount: many((text) => [parseMount(text)]),
  network: many((text) => [parseNetwork(text)]),
  ulimit: many((text) => [parseUlimit(text)]),
  'gpu-request': many((text) => [parseGpus(text)]),
  config: many((text) => [fileReference('config')(text)]),
  secret: many((text) => [fileReference('secret')(text)]),
  port: many(parseServicePort),
  pref: many((text) => [parsePlacementPreference(text)]),
  'credential-spec': one(parseCredentialSpec),
  command: one(splitCommand),
  'external-ca': many((text) => [parseExternalCa(text)]),
  'node-addr': one(parseNodeAddress),
  ipNetSlice: many(parseSubnets),
};

export function flagKind(spec: FlagSpec): FlagKind {
  return KINDS[spec.type] ?? list;
}
