/** A remark beside the output: 'Info → ...', coloured on a terminal. */
export function noteText(terminal: boolean, text: string): string {
  const header = terminal ? '\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m' : ' Info -> ';
  const indent = ' '.repeat(9);
  const lines = text.split('\n').map((line) => (terminal ? `\x1b[3m${line}\x1b[0m` : line));
  return `\n${header}${lines.join(`\n${indent}`)}\n`;
}
