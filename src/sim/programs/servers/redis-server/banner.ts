/** What a starting server shows between its log lines: version, mode, port, pid beside a logo (our own drawing). */
export function banner(version: string, port: number, pid: number): string {
  const facts = [
    `Redis ${version} (00000000/0) 64 bit`,
    '',
    'Running in standalone mode',
    `Port: ${port}`,
    `PID: ${pid}`,
    '',
    '      https://redis.io',
    '',
  ];
  const logo = [
    '       ____________',
    '     .´  ________  `.',
    '    |  .´        `.  |',
    '    |  |  R E D    |  |',
    '    |  |    I S    |  |',
    '    |  `.________.´  |',
    '     `._           _.´',
    '        ```--´´´',
  ];
  return `${logo.map((line, i) => `${line.padEnd(32)}${facts[i]}`.trimEnd()).join('\n')}\n\n`;
}
