/** For tests: the real `docker` binary, pointed at a socket. */
import { execFile, execFileSync } from 'node:child_process';
import type { CommandResult } from '../sim/world/index.ts';

const VERSION = '28.2.2';

/** Why the real client cannot be used here, or undefined if it can. */
export function missingClient(): string | undefined {
  let version: string;
  try {
    version = execFileSync('docker', ['version', '--format', '{{.Client.Version}}'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH, DOCKER_HOST: 'unix:///nonexistent.sock' },
    });
  } catch (error) {
    // Without an engine it prints its own version and fails.
    version = (error as { stdout?: string }).stdout ?? '';
    if (version === '') return 'there is no docker binary';
  }
  return version.trim() === VERSION ? undefined : `the docker binary is ${version.trim()}, not ${VERSION}`;
}

/** Runs a line of bash with the real client in `directory`, which is its home too; without a terminal and without input. */
export function runReal(line: string, socket: string, directory: string): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(
      'bash',
      ['-c', line],
      {
        cwd: directory,
        encoding: 'utf8',
        timeout: 60_000,
        env: { PATH: process.env.PATH, HOME: directory, LANG: 'C.UTF-8', DOCKER_HOST: `unix://${socket}` },
      },
      (error, stdout, stderr) => resolve({ stdout, stderr, exit: error ? Number(error.code ?? 124) : 0 }),
    );
    child.stdin?.end();
  });
}
