/** Paths of objects. An empty name never reaches the daemon: it would name the collection. */
import { CliError } from '../cli/errors.ts';
import { pathPart } from './query.ts';

const WORDS = { containers: 'container', images: 'image', networks: 'network', volumes: 'volume' } as const;

export function objectPath(collection: keyof typeof WORDS, name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new CliError(`invalid ${WORDS[collection]} name or ID: value is empty`);
  return `/${collection}/${pathPart(trimmed)}`;
}

export const containerPath = (name: string): string => objectPath('containers', name);
/** The client library does not check the names of images. */
export const imagePath = (name: string): string => `/images/${pathPart(name)}`;
