/** Git's configuration files. Keys are `section.name` or `section.subsection.name`; section and name do not mind case. */

export interface ConfigValue {
  readonly key: string;
  readonly value: string;
}

const normal = (section: string, sub: string | undefined, name: string): string =>
  `${section.toLowerCase()}${sub === undefined ? '' : `.${sub}`}.${name.toLowerCase()}`;

/** A key as it is compared. Undefined if it has no section. */
export function normalKey(key: string): string | undefined {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  if (first < 0) return undefined;
  return normal(key.slice(0, first), first === last ? undefined : key.slice(first + 1, last), key.slice(last + 1));
}

interface Section {
  readonly section: string;
  readonly sub: string | undefined;
}

function header(line: string): Section | undefined {
  const m = /^\s*\[([^\s"\]]+)(?:\s+"((?:[^"\\]|\\.)*)")?\]/.exec(line);
  return m === null ? undefined : { section: m[1], sub: m[2]?.replace(/\\(.)/g, '$1') };
}

function valueOf(text: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text);
  if (quoted) return quoted[1].replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\(.)/g, '$1');
  return text
    .replace(/\s*[#;].*$/, '')
    .replace(/\\\\/g, '\\')
    .trimEnd();
}

export function parseConfig(text: string): ConfigValue[] {
  const values: ConfigValue[] = [];
  let at: Section | undefined;
  for (const line of text.split('\n')) {
    at = header(line) ?? at;
    const m = /^\s*([A-Za-z][-A-Za-z0-9]*)\s*(?:=\s*(.*))?$/.exec(line);
    if (m && at) values.push({ key: normal(at.section, at.sub, m[1]), value: m[2] === undefined ? 'true' : valueOf(m[2]) });
  }
  return values;
}

function quoted(value: string): string {
  return /^\s|\s$|[#;"\\\n]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"` : value;
}

/** The text with `key` set, in its section, or without it (`value` undefined). */
export function editConfig(text: string, key: string, value: string | undefined): string {
  const wanted = normalKey(key) as string;
  const name = key.slice(key.lastIndexOf('.') + 1);
  const prefix = key.slice(0, key.lastIndexOf('.'));
  const dot = prefix.indexOf('.');
  const [section, sub] = dot < 0 ? [prefix, undefined] : [prefix.slice(0, dot), prefix.slice(dot + 1)];
  const lines = text.split('\n');
  let at: Section | undefined;
  let insert = -1;
  for (let i = 0; i < lines.length; i++) {
    at = header(lines[i]) ?? at;
    if (at === undefined || at.section.toLowerCase() !== section.toLowerCase() || at.sub !== sub) continue;
    if (lines[i].trim() !== '') insert = i + 1;
    const m = /^\s*([A-Za-z][-A-Za-z0-9]*)/.exec(lines[i]);
    if (header(lines[i]) === undefined && m && normal(section, sub, m[1]) === wanted) {
      lines.splice(i, 1, ...(value === undefined ? [] : [`\t${name} = ${quoted(value)}`]));
      return lines.join('\n');
    }
  }
  if (value === undefined) return text;
  const entry = `\t${name} = ${quoted(value)}`;
  if (insert >= 0) {
    lines.splice(insert, 0, entry);
    return lines.join('\n');
  }
  const head = sub === undefined ? `[${section}]` : `[${section} "${sub.replace(/["\\]/g, '\\$&')}"]`;
  return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${head}\n${entry}\n`;
}

/** The text without a section (`remote.origin`). */
export function removeSection(text: string, name: string): string {
  let inside = false;
  return text
    .split('\n')
    .filter((line) => {
      const h = header(line);
      if (h) inside = (h.sub === undefined ? h.section : `${h.section}.${h.sub}`) === name;
      return !inside;
    })
    .join('\n');
}
