/** Short options as bash's builtins take them: `-ab`, `-n 3`, `-n3`, `--` ends them. */
export interface ParsedOptions {
  readonly flags: ReadonlyMap<string, string>;
  /** In the order given. */
  readonly order: readonly string[];
  readonly rest: readonly string[];
  /** The first option that is not known, as `-x`. */
  readonly bad?: string;
  /** An option without its argument. */
  readonly missing?: string;
}

/** `spec` as getopt(3) has it: a colon after a letter that takes an argument. `plus` takes `+x` options too (key `+x`). */
export function parseOptions(args: readonly string[], spec: string, plus = false): ParsedOptions {
  const flags = new Map<string, string>();
  const order: string[] = [];
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--') {
      i++;
      break;
    }
    const sign = arg[0];
    if (arg.length < 2 || (sign !== '-' && !(plus && sign === '+'))) break;
    for (let k = 1; k < arg.length; k++) {
      const c = arg[k];
      const at = spec.indexOf(c);
      if (at < 0 || c === ':') return { flags, order, rest: args.slice(i), bad: `${sign}${c === '-' && k === 1 ? arg.slice(1) : c}` };
      const key = sign === '+' ? `+${c}` : c;
      order.push(key);
      if (spec[at + 1] === ':') {
        let value = arg.slice(k + 1);
        if (value === '') {
          if (i + 1 >= args.length) return { flags, order, rest: [], missing: `-${c}` };
          value = args[++i];
        }
        flags.set(key, value);
        break;
      }
      flags.set(key, '');
    }
  }
  return { flags, order, rest: args.slice(i) };
}
