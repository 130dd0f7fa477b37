/** The configuration that the command line names, checked against the machine. */
import type { Sim } from '../../../kernel/sim.ts';
import type { Arguments } from './arguments.ts';
import { fault, loadConfig, parseGlobals } from './configFile.ts';
import { buildConfiguration, type Configuration } from './model.ts';
import { userIds } from './user.ts';

/** Reads the file and -g; throws ConfigError. */
export function* readConfiguration(args: Arguments): Sim<Configuration> {
  const globals = yield* parseGlobals(args.globals);
  const directives = yield* loadConfig(args.config, args.config.slice(0, args.config.lastIndexOf('/')) || '/');
  return buildConfiguration(directives, globals);
}

/** Throws ConfigError if there is no such user. */
export function* checkUser(config: Configuration): Sim<void> {
  if (config.user !== undefined && !(yield* userIds(config.user))) throw fault(`getpwnam("${config.user}") failed`, config.userAt);
}
