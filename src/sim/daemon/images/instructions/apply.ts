/** `--change` of commit and import: Dockerfile instructions that alter the settings of an image and nothing else. */
import type { ContainerConfig, HealthConfig } from '../../../api/types/common.ts';
import { parseGoDuration } from '../../../lib/goDuration.ts';
import { cleanPath, sortedKeys } from '../../containers/config.ts';
import { parseSignal } from '../../containers/signals.ts';
import { invalid } from '../../errors.ts';
import { expandWord, jsonWords, nameValues, splitWords } from './words.ts';

type Config = Partial<ContainerConfig>;
interface Target {
  config: Config;
  /** An ENTRYPOINT takes the old command away, unless a change set it. */
  cmdSet: boolean;
}
type Apply = (target: Target, rest: string, name: string) => Config;

/** Throws invalid with the builder's words. */
export function applyChanges(config: Config, changes: readonly string[]): Config {
  const target: Target = { config, cmdSet: false };
  const lines = instructionLines(changes.join('\n'));
  if (changes.length > 0 && lines.length === 0) throw invalid('file with no instructions');
  const parsed = lines.map((line) => {
    const [, word, rest = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? [];
    const apply = INSTRUCTIONS[word.toUpperCase()];
    if (!apply) throw invalid(`${word} is not a valid change command`);
    return { apply, name: word.toUpperCase(), rest: rest.trim() };
  });
  for (const { apply, name, rest } of parsed) target.config = { ...target.config, ...apply(target, rest, name) };
  return target.config;
}

/** Comments and empty lines go; a backslash at the end joins the next line. */
function instructionLines(text: string): readonly string[] {
  return text
    .replace(/^\s*#.*$/gm, '')
    .replace(/\\[ \t]*\n/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const INSTRUCTIONS: Readonly<Record<string, Apply>> = {
  CMD(target, rest, name) {
    const Cmd = commandOf(target.config, rest, name);
    target.cmdSet = Cmd.length > 0;
    return { Cmd, ArgsEscaped: jsonWords(rest) === undefined };
  },
  ENTRYPOINT(target, rest, name) {
    return { Entrypoint: commandOf(target.config, rest, name), ...(target.cmdSet ? {} : { Cmd: null }) };
  },
  ENV({ config }, rest, name) {
    const env = new Map((config.Env ?? []).map((entry) => [entry.split('=', 1)[0], entry]));
    const before = lookupIn(config);
    for (const [key, value] of nameValues(rest, name)) {
      if (key === '') throw invalid('ENV names can not be blank');
      const expanded = expandWord(key, before);
      env.set(expanded, `${expanded}=${expandWord(value, before)}`);
    }
    return { Env: [...env.values()] };
  },
  LABEL({ config }, rest, name) {
    const added = nameValues(rest, name).map(([key, value]) => [expandWord(key, lookupIn(config)), expandWord(value, lookupIn(config))]);
    return { Labels: sortedKeys({ ...config.Labels, ...Object.fromEntries(added) }) };
  },
  EXPOSE({ config }, rest, name) {
    const words = splitWords(atLeastOne(rest, name)).flatMap((word) => splitWords(expandWord(word, lookupIn(config))));
    const ports = words.flatMap(exposedPorts).map((port) => [port, {}]);
    return { ExposedPorts: sortedKeys({ ...config.ExposedPorts, ...Object.fromEntries(ports) }) };
  },
  VOLUME({ config }, rest, name) {
    const words = jsonWords(rest) ?? splitWords(atLeastOne(rest, name));
    const volumes = words.map((word) => {
      const path = expandWord(word, lookupIn(config)).trim();
      if (path === '') throw invalid('VOLUME specified can not be an empty string');
      return [path, {}];
    });
    return { Volumes: sortedKeys({ ...config.Volumes, ...Object.fromEntries(volumes) }) };
  },
  USER({ config }, rest, name) {
    return { User: expandWord(exactlyOne(rest, name), lookupIn(config)) };
  },
  WORKDIR({ config }, rest, name) {
    const path = expandWord(exactlyOne(rest, name), lookupIn(config));
    return { WorkingDir: cleanPath(path.startsWith('/') ? path : `${config.WorkingDir || '/'}/${path}`) };
  },
  STOPSIGNAL({ config }, rest, name) {
    const signal = expandWord(exactlyOne(rest, name), lookupIn(config));
    parseSignal(signal);
    return { StopSignal: signal };
  },
  ONBUILD({ config }, rest, name) {
    const trigger = atLeastOne(rest, name).split(/\s/, 1)[0].toUpperCase();
    if (trigger === 'ONBUILD') throw invalid("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
    if (trigger === 'FROM' || trigger === 'MAINTAINER') throw invalid(`${trigger} isn't allowed as an ONBUILD trigger`);
    return { OnBuild: [...(config.OnBuild ?? []), rest] };
  },
  HEALTHCHECK(_target, rest, name) {
    return { Healthcheck: healthOf(atLeastOne(rest, name)) };
  },
};

function lookupIn(config: Config): (name: string) => string | undefined {
  const env = new Map((config.Env ?? []).map((entry) => [entry.split('=', 1)[0], entry.slice(entry.indexOf('=') + 1)]));
  return (name) => env.get(name);
}

function atLeastOne(rest: string, name: string): string {
  if (rest === '') throw invalid(`${name} requires at least one argument`);
  return rest;
}

function exactlyOne(rest: string, name: string): string {
  if (rest === '') throw invalid(`${name} requires exactly one argument`);
  return rest;
}

/** The JSON form as it is, the other through the shell. */
function commandOf(config: Config, rest: string, name: string): readonly string[] {
  return jsonWords(rest) ?? [...(config.Shell ?? ['/bin/sh', '-c']), atLeastOne(rest, name)];
}

/** '80', '80/udp', '8000-8002'. */
function exposedPorts(text: string): readonly string[] {
  const [, first, last = first, protocol = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text) ?? [];
  if (first === undefined || Number(last) > 65_535 || Number(last) < Number(first))
    throw invalid(`invalid containerPort: ${text.split('/')[0]}`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) throw invalid(`invalid proto: ${protocol}`);
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${Number(first) + i}/${protocol.toLowerCase()}`);
}

const DURATIONS = { interval: 'Interval', timeout: 'Timeout', 'start-period': 'StartPeriod', 'start-interval': 'StartInterval' } as const;

function healthOf(rest: string): HealthConfig {
  let left = rest;
  const settings: Record<string, number> = {};
  for (let flag = /^--([\w-]+)=(\S+)\s*/.exec(left); flag; flag = /^--([\w-]+)=(\S+)\s*/.exec(left)) {
    left = left.slice(flag[0].length);
    settings[flagField(flag[1])] = flag[1] === 'retries' ? Number(flag[2]) : parseGoDuration(flag[2]);
  }
  const [, kind, command] = /^(\S+)\s*(.*)$/s.exec(left) ?? [];
  if (kind?.toUpperCase() === 'NONE') {
    if (command !== '') throw invalid('HEALTHCHECK NONE takes no arguments');
    return { Test: ['NONE'] };
  }
  if (kind?.toUpperCase() !== 'CMD') throw invalid(`Unknown type ${JSON.stringify(kind ?? '')} in HEALTHCHECK (try CMD)`);
  if (command === '') throw invalid('Missing command after HEALTHCHECK CMD');
  const exec = jsonWords(command);
  return { Test: exec ? ['CMD', ...exec] : ['CMD-SHELL', command], ...settings };
}

function flagField(name: string): string {
  if (name === 'retries') return 'Retries';
  const field = Object.hasOwn(DURATIONS, name) ? DURATIONS[name as keyof typeof DURATIONS] : undefined;
  if (!field) throw invalid(`unknown flag: --${name}`);
  return field;
}
