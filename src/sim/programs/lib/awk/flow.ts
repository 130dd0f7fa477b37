/** How a statement ends when the next one does not follow. */
import type { AwkValue } from './values.ts';

/** What a loop is told by its body. */
export type Flow = 'normal' | 'break' | 'continue';

/** `next`. */
export class NextRecord extends Error {}

/** `nextfile`. */
export class NextFile extends Error {}

/** `exit`. */
export class ExitAwk extends Error {
  readonly status: number | undefined;
  constructor(status: number | undefined) {
    super('exit');
    this.status = status;
  }
}

/** `return`. */
export class ReturnValue extends Error {
  readonly value: AwkValue;
  constructor(value: AwkValue) {
    super('return');
    this.value = value;
  }
}
