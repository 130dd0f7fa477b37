/** How ss lays its columns out (render() of iproute2's ss.c). */
interface Column {
  readonly title: string;
  readonly right: boolean;
  /** What stands before it, unless it is the first. */
  readonly delimiter: string;
}

const column = (title: string, delimiter = ' ', right = false): Column => ({ title, right, delimiter });

const COLUMNS: readonly Column[] = [
  column('Netid', ''),
  column('State'),
  column('Recv-Q'),
  column('Send-Q'),
  column('Local Address:', ' ', true),
  column('Port', ''),
  column('Peer Address:', ' ', true),
  column('Port', ''),
  column('Process', ''),
];

export interface SsLayout {
  readonly header: boolean;
  readonly netid: boolean;
  /** Columns of the terminal, over which the table is spread; undefined if it is none. */
  readonly screen: number | undefined;
}

/** `rows` have a cell for each column but `Netid`, which may be left out. */
export function ssTable(rows: readonly (readonly string[])[], { header, netid, screen }: SsLayout): string {
  const columns = netid ? COLUMNS : COLUMNS.slice(1);
  const lines = [...(header ? [columns.map((c) => c.title)] : []), ...rows];
  const widths = columns.map((c, i) => {
    const longest = Math.max(0, ...lines.map((line) => line[i].length));
    return longest === 0 || i === 0 ? longest : longest + c.delimiter.length;
  });
  if (screen !== undefined) spread(widths, screen);
  return lines.map((line) => `${columns.map((c, i) => cell(c, line[i], widths[i], i === 0)).join('')}\n`).join('');
}

function cell({ delimiter, right }: Column, text: string, width: number, first: boolean): string {
  const before = first ? '' : delimiter;
  return right ? before + text.padStart(width - before.length) : (before + text).padEnd(width);
}

/** Gives each column its share of what is left of the line; where the columns need more than one, line by line. */
function spread(widths: number[], screen: number): void {
  let start = 0;
  let used = 0;
  for (let i = 0; i < widths.length; i++) {
    if (widths[i] === 0) continue;
    used += widths[i];
    const last = widths.slice(i + 1).every((w) => w === 0);
    if (!last && used < screen) continue;
    let end = i;
    if (used > screen && end > start) used -= widths[end--];
    const line = [];
    for (let k = end; k >= start; k--) if (widths[k] > 0) line.push(k);
    const room = Math.max(0, screen - used);
    line.forEach((k, n) => {
      widths[k] += Math.floor(room / line.length) + (n < room % line.length ? 1 : 0);
    });
    i = end;
    start = end + 1;
    used = 0;
  }
}

export const SS_USAGE = `Usage: ss [ OPTIONS ]
       ss [ OPTIONS ] [ FILTER ]
   -h, --help          show this text
   -V, --version       show the version
   -n, --numeric       show port numbers, not the names of services
   -a, --all           show all sockets
   -l, --listening     show listening sockets only
   -p, --processes     show whose the sockets are
   -s, --summary       show numbers of sockets only

   -4, --ipv4          show IPv4 sockets only
   -6, --ipv6          show IPv6 sockets only
   -t, --tcp           show TCP sockets only
   -u, --udp           show UDP sockets only

   -H, --no-header     leave the header out
`;
