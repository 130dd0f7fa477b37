import { type ParsedScript, parse } from 'unbash';

/** A piece of shell text and where it came from; turns positions of the tree into line numbers. */
export class Source {
  readonly text: string;
  readonly firstLine: number;
  /** The script's name, if it is not the shell's own. */
  readonly file: string | undefined;
  readonly #starts: number[] = [0];
  #script: ParsedScript | undefined;

  constructor(text: string, firstLine = 1, file?: string) {
    this.text = text;
    this.firstLine = firstLine;
    this.file = file;
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#starts.push(i + 1);
  }

  get script(): ParsedScript {
    this.#script ??= parse(this.text);
    return this.#script;
  }

  lineAt(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return this.firstLine + low;
  }
}
