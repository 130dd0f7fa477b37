import { headless } from './headless.ts';
import { serve } from './serve.ts';

const USAGE = `Usage: drydock COMMAND

  serve [-H unix:///PATH] [-H tcp://ADDRESS:PORT] [--seed N]   the engine on a real socket
  headless [--seed N]                                          JSON lines on standard input and output
`;

const [command, ...args] = process.argv.slice(2);
switch (command) {
  case 'serve':
    await serve(args);
    break;
  case 'headless':
    await headless(args);
    break;
  default:
    process.stderr.write(command === undefined || command === '--help' ? USAGE : `drydock: unknown command "${command}"\n\n${USAGE}`);
    process.exitCode = command === '--help' ? 0 : 2;
}
