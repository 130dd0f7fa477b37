/**
 * Bytes that the files below one directory hold, kept as they change: what ext4 and XFS do for a project's quota. To know
 * them, nobody has to walk the tree.
 */
export class Usage {
  bytes = 0;
  readonly #changed: (bytes: number) => void;

  constructor(changed: (bytes: number) => void) {
    this.#changed = changed;
  }

  add(bytes: number): void {
    if (bytes === 0) return;
    this.bytes += bytes;
    this.#changed(this.bytes);
  }
}
