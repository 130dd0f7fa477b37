/**
 * What a help page is apart from its sentences: usage lines, titles in their order, names of commands and flags with the column
 * at which their description begins, and default values.
 */
export function helpOutline(page) {
  const lines = page.replace(/\n+$/, '').split('\n');
  const usage = [lines.shift()];
  while (lines[0]?.startsWith('\t')) usage.push(lines.shift());
  const sections = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (/^(Aliases|EXPERIMENTAL):$/.test(line)) sections.push([line, ...(line === 'Aliases:' ? [lines[++i].trim()] : [])]);
    else if (/^(.*Commands|.*Options):$/.test(line)) {
      const block = [];
      while (lines[i + 1]) block.push(lines[++i]);
      sections.push([line, ...(line.endsWith('Options:') ? flags(block) : commands(block))]);
    } else if (/^(Run|For more help) /.test(line)) sections.push([line]);
  }
  return { usage, sections };
}

const commands = (block) => block.map((row) => /^ {2}(\S+ +)/.exec(row)[1].length + row.match(/^ {2}\S+/)[0]);

function flags(block) {
  const rows = [];
  for (const line of block) {
    if (/^ {2}(-\S, | {4})--/.test(line)) rows.push(line);
    else rows[rows.length - 1] += ` ${line.trim()}`;
  }
  return rows.map((row) => {
    const [left] = /^ {2}(?:-\S, | {4})--\S+(?: \S+)?(?= {2,})/.exec(row);
    const column = left.length + /^ +/.exec(row.slice(left.length))[0].length;
    return `${left.trim()} @${column}${/ \(default ("[^"]*"|\S+)\)$/.exec(row.trimEnd())?.[0] ?? ''}`;
  });
}
