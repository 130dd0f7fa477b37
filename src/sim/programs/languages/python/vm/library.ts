/**
 * The standard library as the interpreter sees it: Python text of ours, below the folder where the image's version has its own. A real image
 * has megabytes there; the modules are not files of the machine.
 */

import { S_IFDIR, S_IFREG } from '../../../../kernel/abi.ts';
import { encodeUtf8 } from '../../../../lib/utf8.ts';

const files = import.meta.glob<string>('../lib/**/*.py', { query: '?raw', import: 'default', eager: true });

const FIRST_FD = 100_000;

export class Library {
  readonly #folder: string;
  readonly #open = new Map<number, { readonly data: Uint8Array; at: number }>();
  #next = FIRST_FD;

  /** `folder`: '/usr/local/lib/python3.14'. */
  constructor(folder: string) {
    this.#folder = `${folder}/`;
  }

  stat(path: string): { readonly mode: number; readonly size: number } | undefined {
    const name = this.#name(path);
    if (name === undefined) return undefined;
    const text = textOf(name);
    if (text !== undefined) return { mode: S_IFREG | 0o644, size: text.length };
    return folders.has(name) ? { mode: S_IFDIR | 0o755, size: 4096 } : undefined;
  }

  open(path: string): number | undefined {
    const name = this.#name(path);
    const text = name === undefined ? undefined : textOf(name);
    if (text === undefined) return undefined;
    this.#open.set(++this.#next, { data: encodeUtf8(text), at: 0 });
    return this.#next;
  }

  read(fd: number, length: number): Uint8Array | undefined {
    const file = this.#open.get(fd);
    if (!file) return undefined;
    const data = file.data.subarray(file.at, file.at + length);
    file.at += data.length;
    return data;
  }

  close(fd: number): boolean {
    return this.#open.delete(fd);
  }

  #name(path: string): string | undefined {
    return path.startsWith(this.#folder) ? path.slice(this.#folder.length) : undefined;
  }
}

const PREFIX = '../lib/';
/** A module of the library: 'os.py', 'http/server.py'. */
export function textOf(name: string): string | undefined {
  return Object.hasOwn(files, PREFIX + name) ? files[PREFIX + name] : undefined;
}

const folders = new Set(
  Object.keys(files).flatMap((file) => {
    const parts = file.slice(PREFIX.length).split('/').slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  }),
);
