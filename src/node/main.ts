import { LoadError } from '../sim/world/index.ts';
import { conformance } from './conformance/command.ts';
import { headless } from './headless.ts';
import { UsageError } from './options.ts';
import { serve } from './serve.ts';

const USAGE = `Usage: drydock COMMAND

  serve [-H unix:///PATH] [-H tcp://ADDRESS:PORT]   the engine on a real socket
  headless                                          JSON lines on standard input and output
  conformance [--topic T] [--only NAME,...] [--show N] [--update]
                                                    recorded conversations with a real engine, compared

Options of serve and headless:
  --seed N             the chance in the world: equal seeds give equal ids and names (1)
  --date now|DATE      when the world begins (serve: now; headless: 2026-11-24T14:00:00Z)
`;

const [command, ...args] = process.argv.slice(2);
try {
  await run();
} catch (error) {
  if (error instanceof LoadError) {
    // Nothing would bring it: the files of a running program were moved or replaced.
    process.stderr.write(`drydock: a part of the simulator could not be loaded: ${error.message}\n`);
    process.exit(1);
  }
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`drydock: ${error.message}\n`);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  switch (command) {
    case 'serve':
      return serve(args);
    case 'headless':
      return headless(args);
    case 'conformance':
      return conformance(args);
    case '--help':
    case undefined:
      process.stderr.write(USAGE);
      process.exitCode = command ? 0 : 2;
      return;
    default:
      throw new UsageError(`unknown command "${command}"\n\n${USAGE.trimEnd()}`);
  }
}
