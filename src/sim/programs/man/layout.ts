import type { Page } from './page.ts';

const INDENT = 7;
const DEEP = 14;
const TITLES = { 1: 'User Commands', 8: 'System Administration' } as const;

/** The text of a page, `width` columns wide, in the form that man(7) pages have; with bold headings and names on a terminal. */
export function layOut(page: Page, width: number, styled: boolean): string {
  const bold = (text: string) => (styled ? `\x1b[1m${text}\x1b[0m` : text);
  const title = `${page.name.toUpperCase()}(${page.section})`;
  const lines: string[] = [edge(title, TITLES[page.section], title, width), ''];
  const part = (name: string, body: readonly string[]) => lines.push(bold(name), ...body, '');
  part('NAME', wrap(`${page.name} - ${page.about}`, width, INDENT));
  part(
    'SYNOPSIS',
    page.synopsis.split('\n').map((form) => `${' '.repeat(INDENT)}${form.replace(/^\S+/, bold)}`),
  );
  if (page.description !== '') part('DESCRIPTION', wrap(page.description, width, INDENT));
  if (page.options.length > 0) {
    const body = page.options.flatMap(([option, does]) => [`${' '.repeat(INDENT)}${bold(option)}`, ...wrap(does, width, DEEP), '']);
    part('OPTIONS', body.slice(0, -1));
  }
  if (page.seeAlso.length > 0) part('SEE ALSO', wrap(page.seeAlso.join(', '), width, INDENT));
  lines.push(edge('Drydock', '', title, width));
  return `${lines.join('\n')}\n`;
}

/** The line at the top or bottom: something at the left, in the middle and at the right. */
function edge(left: string, middle: string, right: string, width: number): string {
  const before = Math.max(1, Math.floor((width - middle.length) / 2) - left.length);
  const after = Math.max(1, width - left.length - before - middle.length - right.length);
  return `${left}${' '.repeat(before)}${middle}${' '.repeat(after)}${right}`;
}

function wrap(text: string, width: number, indent: number): string[] {
  const out: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      out.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...out, line].map((each) => ' '.repeat(indent) + each);
}
