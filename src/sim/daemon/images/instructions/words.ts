/** Words of Dockerfile instructions: splitting, quotes and variables (buildkit's shell lexer). */
import { invalid } from '../../errors.ts';

/** Splits at blanks that are not quoted or escaped; quotes and escapes stay in the words. */
export function splitWords(text: string): readonly string[] {
  const out: string[] = [];
  let word = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quote === '' && /\s/.test(char)) {
      if (word !== '') out.push(word);
      word = '';
      continue;
    }
    word += char;
    if (char === '\\' && quote !== "'" && i + 1 < text.length) word += text[++i];
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
  }
  if (word !== '') out.push(word);
  return out;
}

/** Takes quotes away and puts variables in. `lookup` answers undefined for what is not set. */
export function expandWord(text: string, lookup: (name: string) => string | undefined): string {
  let out = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quote === "'") {
      if (char === "'") quote = '';
      else out += char;
    } else if (char === '\\') {
      const next = text[++i] ?? '\\';
      out += quote === '"' && !'"$\\'.includes(next) ? `\\${next}` : next;
    } else if (char === '"') quote = quote === '"' ? '' : '"';
    else if (char === "'" && quote === '') quote = "'";
    else if (char === '$') {
      const [value, length] = variable(text.slice(i), lookup);
      out += value;
      i += length - 1;
    } else out += char;
  }
  if (quote !== '') throw invalid(`unexpected end of statement while looking for matching ${quote === '"' ? 'double' : 'single'}-quote`);
  return out;
}

/** What a text that begins with '$' stands for, and how much of it that is. */
function variable(text: string, lookup: (name: string) => string | undefined): readonly [value: string, length: number] {
  const plain = /^\$([A-Za-z_]\w*|\d)/.exec(text);
  if (plain) return [lookup(plain[1]) ?? '', plain[0].length];
  const braced = /^\$\{([A-Za-z_]\w*)(?:(:?[-+?])([^}]*))?\}/.exec(text);
  if (!braced) return ['$', 1];
  const [whole, name, operator = '', word = ''] = braced;
  const value = lookup(name);
  const set = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  const kind = operator.slice(-1);
  if (kind === '?' && !set) throw invalid(`${name}: ${word === '' ? 'not allowed to be unset' : expandWord(word, lookup)}`);
  if (kind === '+') return [set ? expandWord(word, lookup) : '', whole.length];
  if (kind === '-' && !set) return [expandWord(word, lookup), whole.length];
  return [value ?? '', whole.length];
}

/** 'A=1 B="2 3"', or 'A 1 2' (one name, the rest is its value). */
export function nameValues(rest: string, instruction: string): readonly (readonly [name: string, value: string])[] {
  const words = splitWords(rest);
  if (words.length === 0) throw invalid(`${instruction} requires at least one argument`);
  if (!words[0].includes('=')) {
    const [, name, value] = /^(\S+)\s+(.*)$/s.exec(rest) ?? [];
    if (value === undefined) throw invalid(`${instruction} must have two arguments`);
    return [[name, value]];
  }
  return words.map((word) => {
    const at = word.indexOf('=');
    if (at < 0) throw invalid(`Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`);
    return [word.slice(0, at), word.slice(at + 1)];
  });
}

/** A JSON array of strings; undefined if it is none. */
export function jsonWords(rest: string): readonly string[] | undefined {
  if (!rest.trimStart().startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(rest);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
