/** What the daemon can do, as its answer to a ping tells, and which commands and flags that rules out. */
import type { Sim } from '../../kernel/sim.ts';
import { versionLess } from '../engine/engine.ts';
import { CLIENT_API_VERSION, type Cli } from './cli.ts';
import { CliError } from './errors.ts';
import type { Flags } from './flags/flags.ts';
import type { CommandNode } from './tree.ts';
import { commandPath } from './tree.ts';

export interface ServerFacts {
  readonly apiVersion: string;
  /** '' if it is not known. */
  readonly osType: string;
  readonly experimental: boolean;
  /** 'inactive', 'active/manager', 'active/worker', ...; '' if it is not known. */
  readonly swarm: string;
}

/** A command or a flag that not every daemon has. */
export interface Requirement {
  readonly minApi?: string;
  readonly osType?: string;
  readonly daemonExperimental?: boolean;
  readonly swarm?: string;
}

/** Of a daemon that does not answer everything is believed. */
export function* serverFacts(cli: Cli): Sim<ServerFacts> {
  const fixed = cli.env.get('DOCKER_API_VERSION');
  try {
    const engine = yield* cli.engine();
    const pong = yield* engine.ping();
    if (pong) return { ...pong, apiVersion: fixed || (yield* engine.version()) };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
  }
  return { apiVersion: fixed || CLIENT_API_VERSION, osType: '', experimental: true, swarm: '' };
}

/** Whether help and completion leave it out. */
export function unsupported(item: Requirement, facts: ServerFacts): boolean {
  if (item.daemonExperimental && !facts.experimental) return true;
  if (item.osType && facts.osType !== '' && item.osType !== facts.osType) return true;
  if (item.minApi && versionLess(facts.apiVersion, item.minApi)) return true;
  if (facts.swarm === '') return false;
  if (item.swarm === 'manager') return facts.swarm !== 'active/manager';
  return item.swarm === 'active' && facts.swarm === 'inactive';
}

/** Throws what docker says about a command or flags that this daemon does not have. Asks the daemon only if there is a reason to. */
export function* checkSupported(cli: Cli, node: CommandNode, flags: Flags): Sim<void> {
  const chain: CommandNode[] = [];
  for (let n: CommandNode | undefined = node; n; n = n.parent) chain.push(n);
  const needs = (r: Requirement): boolean => r.minApi !== undefined || r.osType !== undefined || r.daemonExperimental === true;
  const changed = flags.changedFlags.filter(needs);
  if (changed.length === 0 && !chain.some(needs)) return;
  const facts = yield* serverFacts(cli);
  for (const n of chain) {
    const problem = refusal(n, facts, commandPath(node));
    if (problem) throw new CliError(problem);
  }
  const problems = changed.flatMap((f) => refusal(f, facts, `"--${f.long}"`) ?? []);
  if (problems.length > 0) throw new CliError(problems.join('\n'));
}

function refusal(item: Requirement, facts: ServerFacts, name: string): string | undefined {
  if (item.minApi && versionLess(facts.apiVersion, item.minApi)) {
    return `${name} requires API version ${item.minApi}, but the Docker daemon API version is ${facts.apiVersion}`;
  }
  if (item.osType && facts.osType !== '' && item.osType !== facts.osType) {
    return `${name} is only supported on a Docker daemon running on ${item.osType}, but the Docker daemon is running on ${facts.osType}`;
  }
  if (item.daemonExperimental && !facts.experimental)
    return `${name} is only supported on a Docker daemon with experimental features enabled`;
  return undefined;
}
