/** Values of the flags of `service`, `stack` and `swarm` that have a form of their own. Each throws what docker's client says. */
import { dictionary } from '../../../lib/dictionary.ts';
import { parseCidr } from '../../../net/ip/address.ts';
import { messageOf } from '../errors.ts';
import { csvFields } from './csv.ts';
import { unsigned } from './numbers.ts';
import { parsePublished } from './ports.ts';

/** --config and --secret: `name`, or `source=...,target=...,uid=,gid=,mode=`. */
export interface FileReference {
  readonly source: string;
  readonly target: string;
  readonly uid: string;
  readonly gid: string;
  readonly mode: number;
}

/** --publish of a service. */
export interface ServicePort {
  readonly protocol: string;
  readonly target: number;
  /** 0 if the swarm chooses. */
  readonly published: number;
  readonly mode: string;
}

/** --external-ca protocol=cfssl,url=... */
export interface ExternalCa {
  readonly protocol: string;
  readonly url: string;
  readonly options: Readonly<Record<string, string>>;
}

function keyValue(field: string): readonly [key: string, value: string] {
  const at = field.indexOf('=');
  if (at <= 0) throw new Error(`invalid field '${field}' must be a key=value pair`);
  return [field.slice(0, at), field.slice(at + 1)];
}

export function fileReference(kind: 'config' | 'secret'): (text: string) => FileReference {
  return (text) => {
    const out = { source: '', target: '', uid: '0', gid: '0', mode: 0o444 };
    const fields = csvFields(text);
    if (fields.length === 1 && !fields[0].includes('=')) return { ...out, source: text, target: text };
    for (const field of fields) {
      const [name, value] = keyValue(field);
      const key = name.toLowerCase();
      if (key === 'source' || key === 'src') out.source = value;
      else if (key === 'target') out.target = value;
      else if (key === 'uid' || key === 'gid') out[key] = value;
      else if (key === 'mode') out.mode = mode(value);
      else throw new Error(`invalid field in ${kind} request: ${key}`);
    }
    if (out.source === '') throw new Error('source is required');
    return { ...out, target: out.target || out.source };
  };
}

function mode(text: string): number {
  try {
    return unsigned(32)(text.replace(/^0o?(?=[0-7])/, '0o'));
  } catch (error) {
    throw new Error(`invalid mode specified: ${messageOf(error).replace(/"0o/, '"0')}`);
  }
}

export function parseServicePort(text: string): readonly ServicePort[] {
  const fields = csvFields(text);
  return fields.some((f) => f.includes('=')) ? [longPort(fields)] : shortPorts(text);
}

function longPort(fields: readonly string[]): ServicePort {
  const out = { protocol: 'tcp', target: 0, published: 0, mode: 'ingress' };
  const integer = (what: string, value: string): number => {
    if (!/^\d+$/.test(value)) throw new Error(`invalid ${what} port (${value}): value must be an integer: invalid syntax`);
    return Number(value);
  };
  for (const field of fields) {
    const [name, value] = keyValue(field);
    const key = name.toLowerCase();
    if (key === 'protocol') {
      if (!/^(tcp|udp|sctp)$/.test(value)) throw new Error(`invalid protocol value '${value}'`);
      out.protocol = value;
    } else if (key === 'mode') {
      if (value !== 'ingress' && value !== 'host')
        throw new Error(`invalid publish mode value (${value}): must be either 'ingress' or 'host'`);
      out.mode = value;
    } else if (key === 'target' || key === 'published') out[key] = integer(key, value);
    else throw new Error(`invalid field key: ${key}`);
  }
  if (out.target === 0) throw new Error("missing mandatory field 'target'");
  return out;
}

function shortPorts(text: string): readonly ServicePort[] {
  return [...parsePublished([text]).bindings].flatMap(([container, bindings]) => {
    const [target, protocol] = container.split('/');
    return bindings.map(({ HostIp, HostPort }) => {
      if (HostIp) throw new Error('hostip is not supported');
      return { protocol, target: Number(target), published: Number((HostPort ?? '').split('-')[0]), mode: 'ingress' };
    });
  });
}

/** 'spread=node.labels.rack' to what tasks are spread over. */
export function parsePlacementPreference(text: string): string {
  const at = text.indexOf('=');
  if (at <= 0) throw new Error('placement preference must be of the format "<strategy>=<arg>"');
  const strategy = text.slice(0, at);
  if (strategy !== 'spread') throw new Error(`unsupported placement preference ${strategy} (only spread is supported)`);
  return text.slice(at + 1);
}

export function parseCredentialSpec(text: string): string {
  if (text !== '' && !/^(config|file|registry):\/\//.test(text))
    throw new Error('invalid credential spec: value must be prefixed with "config://", "file://", or "registry://"');
  return text;
}

/** A command as a shell would split it: quotes and backslashes, no expansions. */
export function splitCommand(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word ??= '';
    if (char === '\\') word += text[++at] ?? '';
    else if (char !== '"' && char !== "'") word += char;
    else {
      for (at++; text[at] !== char; at++) {
        if (at >= text.length) throw new Error('EOF found when expecting closing quote');
        if (char === '"' && text[at] === '\\') at++;
        word += text[at];
      }
    }
  }
  return word === undefined ? words : [...words, word];
}

export function parseExternalCa(text: string): ExternalCa {
  const options = dictionary<string>();
  let protocol = '';
  let url = '';
  for (const field of csvFields(text)) {
    const at = field.indexOf('=');
    if (at < 0) throw new Error(`invalid field '${field}' must be a key=value pair`);
    const key = field.slice(0, at).toLowerCase();
    const value = field.slice(at + 1);
    if (key === 'protocol') {
      if (value.toLowerCase() !== 'cfssl') throw new Error(`unrecognized external CA protocol ${value}`);
      protocol = value.toLowerCase();
    } else if (key === 'url') url = value;
    else options[key] = value;
  }
  if (protocol === '') throw new Error('the external-ca option needs a protocol= parameter');
  if (url === '') throw new Error('the external-ca option needs a url= parameter');
  return { protocol, url, options };
}

/** Address to listen on; without a port it is 2377. */
export function parseNodeAddress(text: string): string {
  const port = /:([^:\]]*)$/.exec(text)?.[1];
  const colons = text.replace(/^\[[^\]]*\]/, '').split(':').length - 1;
  if (colons > 1 || (port !== undefined && port !== '' && !/^\d+$/.test(port)))
    throw new Error(`parse "tcp://${text}": invalid port ":${port}" after host`);
  return port ? text : `${text.replace(/:$/, '') || '0.0.0.0'}:2377`;
}

export function parseSubnets(text: string): readonly string[] {
  return csvFields(text).map((field) => {
    if (!isCidr(field.trim())) throw new Error(`invalid string being converted to CIDR: ${field.trim()}`);
    return field.trim();
  });
}

function isCidr(text: string): boolean {
  try {
    return parseCidr(text) !== undefined && parseCidr(text) !== null;
  } catch {
    return false;
  }
}
