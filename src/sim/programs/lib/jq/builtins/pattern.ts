/** Oniguruma patterns (its Perl syntax with named groups, which jq uses) as JavaScript ones. */

const POSIX: Readonly<Record<string, string>> = {
  alpha: '\\p{L}\\p{M}',
  digit: '\\p{Nd}',
  alnum: '\\p{L}\\p{M}\\p{Nd}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s\\x85',
  blank: ' \\t',
  punct: '\\p{P}\\p{S}',
  print: '\\P{C}',
  graph: '\\P{C}',
  cntrl: '\\p{Cc}',
  xdigit: '0-9A-Fa-f',
  word: '\\p{L}\\p{M}\\p{N}\\p{Pc}',
};
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '\\p{L}\\p{M}\\p{N}\\p{Pc}',
  s: '\\s\\x85',
  h: '0-9A-Fa-f',
};
const PROPERTIES: Readonly<Record<string, string>> = { Alpha: 'L', Digit: 'Nd', Upper: 'Lu', Lower: 'Ll', Punct: 'P' };
const CONTROLS: Readonly<Record<string, string>> = { t: '\\t', n: '\\n', r: '\\r', f: '\\f', v: '\\v', a: '\\x07', e: '\\x1b', '0': '\\0' };

export interface PatternModes {
  /** Blanks and `# comments` are not part of the pattern. */
  readonly extended: boolean;
}

/** A pattern that Oniguruma would refuse, in its words. */
export class PatternProblem extends Error {}

export function translatePattern(pattern: string, modes: PatternModes): string {
  let out = '';
  let at = 0;
  let depth = 0;
  while (at < pattern.length) {
    const c = pattern[at];
    if (c === '\\') out += escape(false);
    else if (c === '[') out += set();
    else if (c === '(') out += group();
    else {
      at++;
      if (c === ')') depth--;
      if (depth < 0) throw new PatternProblem('unmatched close parenthesis');
      if (c === '^') out += '(?<![\\s\\S])';
      else if (c === '$') out += '(?=\\n?(?![\\s\\S]))';
      else if (modes.extended && /\s/.test(c)) continue;
      else if (modes.extended && c === '#') at = (pattern.indexOf('\n', at) + pattern.length + 1) % (pattern.length + 1);
      else if (c === '{') out += interval();
      else if (c === '*' || c === '+' || c === '?') out += repeat(c);
      else if (c === ']' || c === '}' || c === '/') out += `\\${c}`;
      else out += c;
    }
  }
  if (depth > 0) throw new PatternProblem('end pattern with unmatched parenthesis');
  return out;

  /** A possessive mark is dropped: it changes what fails, seldom what matches. */
  function repeat(mark: string): string {
    if (out === '' || /(^|[^\\])[(|]$/.test(out)) throw new PatternProblem('target of repeat operator is not specified');
    if (pattern[at] === '?') {
      at++;
      return `${mark}?`;
    }
    if (pattern[at] === '+') at++;
    return mark;
  }

  function interval(): string {
    const m = /^(\d*)(,?)(\d*)\}(\??)/.exec(pattern.slice(at));
    if (m === null || (m[1] === '' && m[3] === '')) return '\\{';
    at += m[0].length;
    return `{${m[1] === '' ? '0' : m[1]}${m[2]}${m[3]}}${m[4]}`;
  }

  function group(): string {
    depth++;
    const m = /^\((?:\?(?:([imsx]*)(?:-([imsx]+))?([:)])|P?<([A-Za-z_]\w*)>|'(\w+)'|(#[^)]*\))|(>)|([:=!]|<[=!])))?/.exec(
      pattern.slice(at),
    );
    const whole = (m as RegExpExecArray)[0];
    at += whole.length;
    const [, , , end, name, quoted, comment, atomic, plain] = m as RegExpExecArray;
    if (comment !== undefined) {
      depth--;
      return '';
    }
    if (end === ')') {
      depth--;
      return '';
    }
    if (end === ':') return '(?:';
    if (name !== undefined || quoted !== undefined) return `(?<${name ?? quoted}>`;
    if (atomic !== undefined) return '(?:';
    if (plain !== undefined) return `(?${plain}`;
    if (pattern[at] === '?') throw new PatternProblem('undefined group option');
    return '(';
  }

  function escape(inSet: boolean): string {
    at += 2;
    const c = pattern[at - 1];
    if (c === undefined) throw new PatternProblem('end pattern at escape');
    if (CLASSES[c] !== undefined) return inSet || c === 'D' ? CLASSES[c] : `[${CLASSES[c]}]`;
    if (CLASSES[c.toLowerCase()] !== undefined && 'WSH'.includes(c)) return inSet ? negated(c) : `[^${CLASSES[c.toLowerCase()]}]`;
    if (c === 'p' || c === 'P') return property(c);
    if (c === 'x') return hex();
    if (!inSet) {
      if (c === 'A') return '(?<![\\s\\S])';
      if (c === 'z') return '(?![\\s\\S])';
      if (c === 'Z') return '(?=\\n?(?![\\s\\S]))';
      if (c === 'b') return `(?:(?<=[${CLASSES.w}])(?![${CLASSES.w}])|(?<![${CLASSES.w}])(?=[${CLASSES.w}]))`;
      if (c === 'B') return '\\B';
      if (c === 'R') return '(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])';
      if (/[1-9]/.test(c)) return `(?:\\${c})`;
      if (c === 'k') {
        const m = /^<(\w+)>/.exec(pattern.slice(at));
        if (m) {
          at += m[0].length;
          return `\\k<${m[1]}>`;
        }
      }
    }
    if (CONTROLS[c] !== undefined) return CONTROLS[c];
    return /[\^$\\.*+?()[\]{}|/-]/.test(c) ? (c === '-' && !inSet ? '-' : `\\${c}`) : c;
  }

  function negated(c: string): string {
    return c === 'W' ? '\\W' : c === 'S' ? '\\S' : '\\P{AHex}';
  }

  function property(c: string): string {
    const m = /^\{(\^?)(\w+)\}/.exec(pattern.slice(at));
    if (m === null) throw new PatternProblem('invalid character property name {p}');
    at += m[0].length;
    const no = (c === 'P') !== (m[1] === '^');
    return `\\${no ? 'P' : 'p'}{${PROPERTIES[m[2]] ?? m[2]}}`;
  }

  function hex(): string {
    const m = /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{1,2}))/.exec(pattern.slice(at));
    if (m === null) return 'x';
    at += m[0].length;
    return `\\u{${m[1] ?? m[2]}}`;
  }

  function set(): string {
    at++;
    let body = '[';
    if (pattern[at] === '^') {
      body += '^';
      at++;
    }
    for (let first = true; ; first = false) {
      const c = pattern[at];
      if (c === undefined) throw new PatternProblem('premature end of char-class');
      if (c === ']' && !first) {
        at++;
        return `${body}]`;
      }
      const posix = /^\[:(\^?)(\w+):\]/.exec(pattern.slice(at));
      if (posix !== null && POSIX[posix[2]] !== undefined) {
        body += POSIX[posix[2]];
        at += posix[0].length;
      } else if (c === '\\') body += escape(true);
      else {
        at++;
        body += c === '[' || c === ']' || c === '/' ? `\\${c}` : c;
      }
    }
  }
}
