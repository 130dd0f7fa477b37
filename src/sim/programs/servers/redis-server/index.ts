/** redis-server 7. */
import { Errno } from '../../../kernel/errno.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getcwd, getenv, getpid, randomBytes, readText, uname, wallClock, write } from '../../../kernel/syscalls.ts';
import { toHex } from '../../../lib/bytes.ts';
import { toolchain } from '../../lib/toolchain.ts';
import { DEFAULTS, readConfig } from './config.ts';
import { serve } from './serve.ts';
import { type RunFacts, Server } from './server.ts';

const DEFAULT_VERSION = '7.4.2';

/** redis-server [FILE] [--NAME VALUE]... */
export const program: Program = { name: 'redis-server', main, memory: 8 << 20 };

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('REDIS_VERSION')) ?? DEFAULT_VERSION;
  if (argv[1] === '-v' || argv[1] === '--version') {
    yield* write(1, `Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`);
    return 0;
  }
  const config = new Map(DEFAULTS);
  config.set('dir', yield* getcwd());
  let rest = argv.slice(1);
  let file: string | undefined;
  if (rest[0] !== undefined && !rest[0].startsWith('-')) {
    file = rest[0];
    try {
      const text = file === '-' ? '' : yield* readText(file);
      const bad = readConfig(
        config,
        text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '' && !line.startsWith('#')),
      );
      if (bad) return yield* configFault(bad);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* write(
        2,
        `*** FATAL CONFIG FILE ERROR (Redis ${version}) ***\nFatal error, can't open config file '${file}': ${error.message}\n`,
      );
      return 1;
    }
    rest = rest.slice(1);
  }
  const lines: string[] = [];
  for (const arg of rest) {
    if (arg.startsWith('--')) lines.push(arg.slice(2));
    else if (lines.length > 0) lines[lines.length - 1] += ` ${arg === '' ? '""' : arg}`;
  }
  const bad = readConfig(config, lines);
  if (bad) return yield* configFault(bad);
  const os = yield* uname();
  const facts: RunFacts = {
    pid: yield* getpid(),
    runId: toHex(yield* randomBytes(20)),
    gcc: (yield* toolchain()).gcc.replace(/ .*/, ''),
    os: `${os.sysname} ${os.release} ${os.machine}`,
    configFile: file === undefined || file === '-' ? '' : file.startsWith('/') ? file : `${yield* getcwd()}/${file}`,
  };
  return yield* serve(new Server(version, config, facts, yield* wallClock()), file !== undefined || lines.length > 0);
}

function* configFault(bad: { line: number; text: string }): Sim<number> {
  yield* write(
    2,
    `\n*** FATAL CONFIG FILE ERROR ***\nReading the configuration file, at line ${bad.line}\n>>> '${bad.text}'\nBad directive or wrong number of arguments\n`,
  );
  return 1;
}
