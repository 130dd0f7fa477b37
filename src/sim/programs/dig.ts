/** dig 9.18, with +short, +noall, +answer, @server, -x and types. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { now, randomBelow, wallClock, write } from '../kernel/syscalls.ts';
import type { DnsMessage, DnsRecord, RecordType } from '../net/dns/message.ts';
import { encodeDns, RECORD_TYPES, reverseQuery } from '../net/dns/message.ts';
import { askServer, HostNotFound, readResolvConf, resolveHost } from '../net/dns/resolve.ts';
import { calendarTime } from '../net/http/date.ts';

const VERSION = '9.18.33-1~deb12u2-Debian';

function* main(argv: readonly string[]): Sim<number> {
  let type: RecordType = 'A';
  let name: string | undefined;
  let server: string | undefined;
  let port = 53;
  let short = false;
  const show = { comments: true, question: true, answer: true, stats: true, cmd: true };
  const args = argv.slice(1);
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg.startsWith('@')) server = arg.slice(1);
    else if (arg === '-x') {
      name = reverseQuery(args[++i] ?? '');
      type = 'PTR';
    } else if (arg === '-t') type = (args[++i] ?? 'A').toUpperCase() as RecordType;
    else if (arg === '-p') port = Number(args[++i]);
    else if (arg === '-v') {
      yield* write(2, `DiG ${VERSION}\n`);
      return 0;
    } else if (arg === '+short') short = true;
    else if (arg === '+noall') show.comments = show.question = show.answer = show.stats = show.cmd = false;
    else if (/^\+(no)?(comments|question|answer|stats|cmd)$/.test(arg)) {
      const key = arg.replace(/^\+(no)?/, '') as keyof typeof show;
      show[key] = !arg.startsWith('+no');
    } else if (arg.startsWith('+') || arg.startsWith('-')) continue;
    else if (Object.hasOwn(RECORD_TYPES, arg.toUpperCase()) && name !== undefined) type = arg.toUpperCase() as RecordType;
    else if (arg.toUpperCase() !== 'IN') name = arg;
  }
  const asked = (name ?? '.').replace(/(?<=.)\.$/, '');
  const begin = yield* now();
  let address: string;
  try {
    address = server === undefined ? (yield* readResolvConf()).nameservers[0] : (yield* resolveHost(server))[0];
  } catch (error) {
    if (!(error instanceof HostNotFound)) throw error;
    yield* write(2, `dig: couldn't get address for '${server}': not found\n`);
    return 10;
  }
  const message = yield* askServer(address, asked, type, 5_000_000, port);
  const words = args.join(' ');
  const banner = `\n; <<>> DiG ${VERSION} <<>> ${words}\n${server === undefined ? '' : '; (1 server found)\n'};; global options: +cmd\n`;
  if (!message) {
    yield* write(
      1,
      `${show.cmd && !short ? banner : ''};; communications error to ${address}#${port}: timed out\n;; no servers could be reached\n`,
    );
    return 9;
  }
  if (short) {
    yield* write(1, message.answers.map((r) => `${dataText(r)}\n`).join(''));
    return 0;
  }
  const t = calendarTime(yield* wallClock());
  let out = show.cmd ? banner : '';
  if (show.comments) out += comments(message, yield* randomBelow(65536));
  if (show.question) out += `${show.comments ? ';; QUESTION SECTION:\n' : ''};${`${asked}.`.padEnd(23)}\t\tIN\t${type}\n\n`;
  if (show.answer && message.answers.length > 0) {
    out += `${show.comments ? ';; ANSWER SECTION:\n' : ''}${message.answers.map(recordLine).join('')}${show.comments ? '\n' : ''}`;
  }
  if (show.stats) {
    const size = encodeDns(message).length;
    out += `;; Query time: ${Math.round(((yield* now()) - begin) / 1000)} msec\n;; SERVER: ${address}#${port}(${server ?? address}) (UDP)\n;; WHEN: ${t.weekday} ${t.month} ${t.day} ${t.time} UTC ${t.year}\n;; MSG SIZE  rcvd: ${size}\n\n`;
  }
  yield* write(1, out);
  return 0;
}

function comments(m: DnsMessage, id: number): string {
  const flags = ['qr', ...(m.authoritative ? ['aa'] : []), 'rd', ...(m.recursionAvailable ? ['ra'] : [])].join(' ');
  return `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${m.code}, id: ${id}\n;; flags: ${flags}; QUERY: 1, ANSWER: ${m.answers.length}, AUTHORITY: ${m.authority.length}, ADDITIONAL: 0\n\n`;
}

function dataText(r: DnsRecord): string {
  if (r.type === 'TXT') return `"${r.data}"`;
  return ['CNAME', 'PTR', 'NS'].includes(r.type) ? `${r.data}.` : r.data;
}

function recordLine(r: DnsRecord): string {
  const name = `${r.name}.`;
  const tabs = name.length < 8 ? '\t\t\t' : name.length < 16 ? '\t\t' : name.length < 24 ? '\t' : ' ';
  return `${name}${tabs}${r.ttl}\tIN\t${r.type}\t${dataText(r)}\n`;
}

export const program: Program = { name: 'dig', main };
