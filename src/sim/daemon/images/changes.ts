/** `--change` of import and commit: Dockerfile instructions that set the configuration of an image. */
import type { RunConfig } from '../../oci/imageConfig.ts';
import { invalid } from '../errors.ts';

type Config = { -readonly [K in keyof RunConfig]: RunConfig[K] };

/** Throws invalid for what is no instruction, or none that may stand here. */
export function applyChanges(config: RunConfig, changes: readonly string[]): RunConfig {
  const out: Config = { ...config };
  for (const line of changes.flatMap((text) => text.split('\n'))) {
    const match = /^\s*(\S+)(?:\s+(.*?))?\s*$/.exec(line);
    if (!match || match[1].startsWith('#')) continue;
    apply(out, match[1], match[2] ?? '');
  }
  return out;
}

const ELSEWHERE = new Set(['ADD', 'ARG', 'COPY', 'FROM', 'MAINTAINER', 'RUN', 'SHELL']);

function apply(config: Config, word: string, rest: string): void {
  const name = word.toUpperCase();
  const needed = (): void => {
    if (rest === '') throw invalid(`dockerfile parse error on line 1: ${name} requires at least one argument`);
  };
  switch (name) {
    case 'CMD':
      config.Cmd = command(rest);
      return;
    case 'ENTRYPOINT':
      config.Entrypoint = command(rest);
      return;
    case 'ENV':
      needed();
      config.Env = Object.entries(pairs(rest, name)).reduce(setVariable, [...(config.Env ?? [])]);
      return;
    case 'LABEL':
      needed();
      config.Labels = { ...config.Labels, ...pairs(rest, name) };
      return;
    case 'EXPOSE':
      needed();
      config.ExposedPorts = {
        ...config.ExposedPorts,
        ...Object.fromEntries(words(rest).map((p) => [p.includes('/') ? p : `${p}/tcp`, {}])),
      };
      return;
    case 'VOLUME':
      needed();
      config.Volumes = { ...config.Volumes, ...Object.fromEntries((jsonList(rest) ?? words(rest)).map((path) => [path, {}])) };
      return;
    case 'USER':
      needed();
      config.User = rest;
      return;
    case 'WORKDIR':
      needed();
      config.WorkingDir = rest.startsWith('/') ? rest : `${(config.WorkingDir ?? '/').replace(/\/$/, '')}/${rest}`;
      return;
    case 'STOPSIGNAL':
      needed();
      config.StopSignal = rest;
      return;
    case 'ONBUILD':
      needed();
      config.OnBuild = [...(config.OnBuild ?? []), rest];
      return;
    case 'HEALTHCHECK':
      config.Healthcheck = healthcheck(rest);
      return;
    default:
      if (ELSEWHERE.has(name)) throw invalid(`${name} is not a valid change command`);
      throw invalid(`dockerfile parse error on line 1: unknown instruction: ${word}`);
  }
}

/** JSON is taken as it is; anything else is for a shell. */
function command(rest: string): readonly string[] {
  return jsonList(rest) ?? ['/bin/sh', '-c', rest];
}

function jsonList(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((v) => typeof v === 'string') ? (value as string[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Words, with quotes taken away. */
function words(text: string): readonly string[] {
  return [...text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g)].map(([word]) =>
    word.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
      (_, double: string | undefined, single: string | undefined, escaped: string | undefined) =>
        double !== undefined ? double.replace(/\\(.)/g, '$1') : (single ?? escaped ?? ''),
    ),
  );
}

/** 'a=b c=d', or the old form 'a b'. */
function pairs(text: string, name: string): Record<string, string> {
  const [first] = words(text);
  if (!first.includes('=')) {
    const at = text.search(/\s/);
    if (at < 0) throw invalid(`dockerfile parse error on line 1: ${name} must have two arguments`);
    return { [text.slice(0, at)]: text.slice(at).trim() };
  }
  return Object.fromEntries(
    words(text).map((word) => {
      const at = word.indexOf('=');
      if (at < 0)
        throw invalid(
          `dockerfile parse error on line 1: Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`,
        );
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

function setVariable(env: string[], [name, value]: readonly [string, string]): string[] {
  const at = env.findIndex((entry) => entry.startsWith(`${name}=`));
  if (at < 0) env.push(`${name}=${value}`);
  else env[at] = `${name}=${value}`;
  return env;
}

const SECOND = 1_000_000_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1_000_000, s: SECOND, m: 60 * SECOND, h: 3600 * SECOND };

/** 'NONE', or '[--interval=30s ...] CMD command'. */
function healthcheck(text: string): RunConfig['Healthcheck'] {
  if (text.toUpperCase() === 'NONE') return { Test: ['NONE'] };
  const match = /^((?:--\S+\s+)*)CMD\s+(.+)$/i.exec(text);
  if (!match)
    throw invalid(`dockerfile parse error on line 1: Unknown type ${JSON.stringify(text.split(/\s/)[0])} in HEALTHCHECK (try CMD)`);
  const options = new Map([...match[1].matchAll(/--([a-z-]+)=(\S+)/g)].map(([, key, value]) => [key, value]));
  const time = (key: string): number | undefined => {
    const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(options.get(key) ?? '');
    return parts ? Number(parts[1]) * UNITS[parts[2]] : undefined;
  };
  const list = jsonList(match[2]);
  const retries = options.get('retries');
  return {
    Test: list ? ['CMD', ...list] : ['CMD-SHELL', match[2]],
    Interval: time('interval'),
    Timeout: time('timeout'),
    StartPeriod: time('start-period'),
    ...(retries === undefined ? {} : { Retries: Number(retries) }),
  };
}
