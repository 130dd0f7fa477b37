import readline from 'node:readline';
import { type CommandResult, directory, file, type Session, type TreeEntry, World, withoutLineNumbers } from '../sim/world/index.ts';
import { eachOption, parseDate, parseSeed, UsageError } from './options.ts';

export interface FirstLine {
  readonly files?: Readonly<Record<string, string>>;
  readonly images?: readonly string[];
  readonly imageDefs?: readonly unknown[];
  readonly registry?: readonly unknown[];
  readonly cwd?: string;
  readonly home?: string;
  readonly hostname?: string;
}

const HOUR = 3_600_000_000;
/** A command that takes longer than this in virtual time is given up, as it would never end. */
const COMMAND_LIMIT = 2 * HOUR;

/** One world on standard input and output: JSON lines in, JSON lines out. */
export async function headless(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  let world: World | undefined;
  let session: Session | undefined;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const request = parseRequest(line);
    if (typeof request === 'string') {
      reply({ error: request });
      continue;
    }
    if (request.cmd === undefined && request.event === undefined) {
      world = await createWorld(request, options);
      session = world.openSession(request.hostname ?? 'node1', { cwd: request.cwd ?? '/root', home: request.home ?? '/root' });
      reply({ ready: true });
    } else if (!world || !session) {
      reply({ error: 'the first line describes the world' });
    } else if (request.event !== undefined) {
      reply({ error: 'drydock: several machines are not simulated yet' });
    } else {
      reply(await runCommand(world, session, request.cmd!));
    }
  }
}

/** A line of the protocol, or what is wrong with it. */
export function parseRequest(line: string): (FirstLine & { readonly cmd?: string; readonly event?: string }) | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'a line holds one JSON object';
  const request = value as Record<string, unknown>;
  for (const key of ['cmd', 'event', 'cwd', 'home', 'hostname'])
    if (request[key] !== undefined && typeof request[key] !== 'string') return `"${key}" is a string`;
  for (const key of ['images', 'imageDefs', 'registry'])
    if (request[key] !== undefined && !Array.isArray(request[key])) return `"${key}" is a list`;
  const { files } = request;
  if (files !== undefined && (typeof files !== 'object' || files === null || Object.values(files).some((text) => typeof text !== 'string')))
    return '"files" has the text of each file under its path';
  return request;
}

export interface HeadlessOptions {
  readonly seed: number;
  readonly epochUs: number | undefined;
}

function readOptions(args: readonly string[]): HeadlessOptions {
  let seed = parseSeed(undefined);
  let epochUs: number | undefined;
  eachOption(args, (name, value) => {
    if (name === '--seed') seed = parseSeed(value);
    else if (name === '--date') epochUs = parseDate(value);
    else throw new UsageError(`unknown option ${name}`);
  });
  return { seed, epochUs };
}

/** A world as the first line describes it, with its machine booted. */
export async function createWorld(first: FirstLine, { seed, epochUs }: HeadlessOptions): Promise<World> {
  const cwd = first.cwd ?? '/root';
  const files: TreeEntry[] = [
    directory(cwd),
    ...Object.entries(first.files ?? {}).map(([path, text]) =>
      file(path.startsWith('/') ? path : `${cwd}/${path}`, text, path.endsWith('.sh') ? 0o755 : undefined),
    ),
  ];
  const world = World.create({
    seed,
    epochUs,
    hostname: first.hostname ?? 'node1',
    files,
    emptyHome: true,
    engine: first.imageDefs ? 'recorded' : 'product',
    registry: first.imageDefs || first.registry ? { present: first.imageDefs ?? [], offered: first.registry ?? [] } : undefined,
  });
  world.onCrash = (error) => process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // The machine boots before the first command.
  await world.runFast(() => false, 2_000_000);
  return world;
}

/** Types one command into the session and lets the world run until it has ended. */
export async function runCommand(world: World, session: Session, command: string): Promise<CommandResult> {
  let result: CommandResult | undefined;
  session.start(command, (r) => {
    result = r;
  });
  await world.runFast(() => result !== undefined, world.now + COMMAND_LIMIT);
  if (result) return { ...result, stdout: withoutLineNumbers(result.stdout), stderr: withoutLineNumbers(result.stderr) };
  return { stdout: '', stderr: 'drydock: the command did not end within two hours of simulated time\n', exit: 124 };
}

function reply(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
