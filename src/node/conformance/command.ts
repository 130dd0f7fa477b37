/** `drydock conformance`: how far the simulated machine answers as the recorded real one did. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { eachOption, UsageError } from '../options.ts';
import { agrees, type Outcome, type Replayed, replay } from './replay.ts';
import { type Counts, compareCounts, countsOf, fidelityPage, table } from './report.ts';
import { readImages, readTranscripts } from './transcript.ts';

const FOLDER = 'conformance';
const RATCHET = `${FOLDER}/ratchet.json`;
const KNOWN = `${FOLDER}/known.json`;
const PAGE = 'docs/fidelity.md';

interface Options {
  topic?: string;
  only?: readonly string[];
  /** How many differing steps are printed. */
  show: number;
  /** Writes the ratchet and the page anew. */
  update: boolean;
}

/** Exit status 1 when a scenario has fewer steps that agree than it had. */
export async function conformance(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (!existsSync(FOLDER)) throw new UsageError(`there is no folder ${FOLDER} here`);
  const images = readImages(`${FOLDER}/images.json`);
  const chosen = readTranscripts(`${FOLDER}/transcripts`).filter(
    ({ name, topic }) => (!options.topic || topic === options.topic) && (!options.only || options.only.includes(name)),
  );
  if (chosen.length === 0) throw new UsageError('no such scenario');
  const results: Replayed[] = [];
  let left = options.show;
  for (const transcript of chosen) {
    const result = await replay(transcript, images);
    results.push(result);
    for (const [i, outcome] of result.outcomes.entries())
      if (!agrees(outcome) && left-- > 0) process.stdout.write(difference(transcript.name, i + 1, outcome));
  }
  process.stdout.write(`${table(results)}\n`);
  if (options.update) update(results, options);
  else check(results);
}

function readOptions(args: readonly string[]): Options {
  const options: Options = { show: 0, update: args.includes('--update') };
  eachOption(
    args.filter((arg) => arg !== '--update'),
    (name, value) => {
      if (name === '--topic') options.topic = value;
      else if (name === '--only') options.only = value.split(',');
      else if (name === '--show') options.show = Number(value);
      else throw new UsageError(`unknown option ${name}`);
    },
  );
  return options;
}

function difference(scenario: string, step: number, { recorded, ours }: Outcome): string {
  const side = (of: Outcome['ours']) => `${of.stdout}${of.stderr === '' ? '' : `[stderr] ${of.stderr}`}[exit ${of.exit}]\n`;
  return `--- ${scenario} ${step}: ${recorded.cmd}\n  recorded:\n${side(recorded)}  ours:\n${side(ours)}`;
}

function readJson<T>(path: string, otherwise: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise;
}

function update(results: readonly Replayed[], { topic, only }: Options): void {
  if (topic || only) throw new UsageError('--update takes all scenarios');
  writeFileSync(RATCHET, `${JSON.stringify(countsOf(results), null, 2)}\n`);
  writeFileSync(PAGE, fidelityPage(results, readJson(KNOWN, {})));
}

function check(results: readonly Replayed[]): void {
  const ratchet = readJson<Counts>(RATCHET, {});
  const counts = countsOf(results);
  const { fallen, risen } = compareCounts(counts, ratchet);
  for (const name of fallen) process.stdout.write(`${name}: ${ratchet[name]} steps agreed, now ${counts[name]}\n`);
  if (risen.length > 0) process.stdout.write(`More than before agree in ${risen.join(', ')}: take it in with --update.\n`);
  if (fallen.length > 0) process.exitCode = 1;
}
