/** Regular expressions, for the module re: the simulator's own matcher, which always ends. */
import type { Sim } from '../../../../kernel/sim.ts';
import { Pattern } from '../../../../lib/regex/pattern.ts';
import { translatePerl } from '../../../../lib/regex/perl.ts';
import type { Answer, Operation } from './device.ts';

const KEPT = 100;

/** `flags` are of i, m and s; `x` as Python's VERBOSE has it. */
function compile(source: string, flags: string, anchored: boolean): Pattern {
  const text = flags.includes('x')
    ? source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\s+|#[^\n]*/g, (part) => (/^[\s#]/.test(part) ? '' : part))
    : source;
  const perl = translatePerl(text.replace(/\(\?P=(\w+)\)/g, '\\k<$1>').replace(/\\Z/g, '(?![\\s\\S])'));
  const all = [...new Set(`${flags.replace('x', '')}${perl.flags}`)].join('');
  return new Pattern(perl.source, all, { anchored });
}

export function patternOperations(): Readonly<Record<string, Operation>> {
  const kept = new Map<string, Pattern>();
  const get = (source: string, flags: string, anchored: boolean): Pattern => {
    const key = `${flags} ${anchored} ${source}`;
    let pattern = kept.get(key);
    if (!pattern) {
      pattern = compile(source, flags, anchored);
      if (kept.size >= KEPT) kept.clear();
      kept.set(key, pattern);
    }
    return pattern;
  };
  return {
    *re_compile([source, flags]): Sim<Answer> {
      try {
        const pattern = get(source, flags, false);
        return { value: [pattern.groupCount, pattern.groupNames.map((name) => name ?? null)] };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        return { value: error.message.replace(/^Invalid regular expression: \/.*\/\w*: /s, '') };
      }
    },
    /** The spans of the matches from `from` on, at most `most` of them. */
    *re_search([source, flags, anchored, text, from, most]): Sim<Answer> {
      const pattern = get(source, flags, anchored);
      const found: unknown[] = [];
      const string: string = text;
      for (let at: number = from; at <= string.length && found.length < most; ) {
        const spans = pattern.spans(string, at);
        if (!spans) break;
        const [start, end] = spans[0]!;
        found.push(Array.from({ length: pattern.groupCount + 1 }, (_, i) => spans[i] ?? null));
        at = end > start ? end : end + 1;
      }
      return { value: found };
    },
  };
}
