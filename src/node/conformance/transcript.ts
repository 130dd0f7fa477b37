/** Recorded conversations with a real Docker engine (conformance/README.md). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Step {
  readonly cmd: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
}

/** One scenario: commands typed into one shell, with what they printed. */
export interface Transcript {
  readonly name: string;
  readonly title: string;
  readonly topic: string;
  /** Names of the images that were there at the start. */
  readonly images: readonly string[];
  readonly cwd: string;
  readonly home: string;
  readonly hostname: string;
  readonly files: Readonly<Record<string, string>>;
  /** Of a scenario on several machines: their names. */
  readonly machines?: readonly string[];
  readonly steps: readonly Step[];
}

export interface ImageDefinition {
  readonly name: string;
  readonly repoTags?: readonly string[];
}

/** The scenarios of a folder, by name. Without the events between steps, which only scenarios on several machines have. */
export function readTranscripts(folder: string): Transcript[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const transcript = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Transcript;
    return { ...transcript, steps: transcript.steps.filter((step) => step.cmd !== undefined) };
  });
}

export function readImages(file: string): ImageDefinition[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { images: ImageDefinition[] }).images;
}

/** The definitions of the images that a scenario begins with. */
export function imagesOf(transcript: Transcript, all: readonly ImageDefinition[]): ImageDefinition[] {
  const wanted = new Set(transcript.images);
  return all.filter(({ name, repoTags }) => wanted.has(name) || repoTags?.some((tag) => wanted.has(tag)));
}
