import { STRING_MAX } from '../../kernel/limits.ts';
import { outOfMemory } from '../state/errors.ts';

/** A run of characters of a field. Quoted ones are not special to globbing and do not vanish when empty. */
interface Run {
  text: string;
  quoted: boolean;
}
export type Field = Run[];

/** Builds the fields of one word while its pieces are expanded. */
export class FieldBuilder {
  readonly fields: Field[] = [];
  readonly #space: string;
  readonly #other: string;
  #current: Field | null = null;
  #length = 0;
  /** A non-blank IFS character has just ended a field: the next one begins even if empty... only when something follows. */
  #pendingSpace = false;

  constructor(ifs: string) {
    this.#space = [...ifs].filter((c) => c === ' ' || c === '\t' || c === '\n').join('');
    this.#other = [...ifs].filter((c) => c !== ' ' && c !== '\t' && c !== '\n').join('');
  }

  add(text: string, quoted: boolean): void {
    if (text === '' && !quoted) return;
    this.#pendingSpace = false;
    this.#length += text.length;
    if (this.#length > STRING_MAX) throw outOfMemory(this.#length);
    this.#current ??= [];
    this.#current.push({ text, quoted });
  }

  /** Ends the field that is being built, if one is. */
  end(): void {
    if (this.#current) this.fields.push(this.#current);
    this.#current = null;
  }

  /** Text of an unquoted expansion: split at IFS. */
  split(text: string): void {
    if (this.#space === '' && this.#other === '') return this.add(text, false);
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if (this.#space.includes(c)) {
        this.add(text.slice(from, i), false);
        from = i + 1;
        if (this.#current) {
          this.end();
          this.#pendingSpace = true;
        }
      } else if (this.#other.includes(c)) {
        this.add(text.slice(from, i), false);
        from = i + 1;
        if (this.#current) this.end();
        else if (!this.#pendingSpace) this.fields.push([]);
        this.#pendingSpace = false;
      }
    }
    this.add(text.slice(from), false);
  }
}

export function fieldText(field: Field): string {
  let out = '';
  for (const run of field) out += run.text;
  return out;
}
