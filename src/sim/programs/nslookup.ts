/** nslookup: bind's for the machine, busybox's for small images. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { write } from '../kernel/syscalls.ts';
import type { DnsMessage, RecordType } from '../net/dns/message.ts';
import { reverseQuery } from '../net/dns/message.ts';
import { askServer, readResolvConf, resolveHost, searchOrder } from '../net/dns/resolve.ts';
import { isIpv4 } from '../net/ip/address.ts';
import type { BusyboxBuild } from './lib/busyboxBuild.ts';
import { busyboxUsage } from './lib/busyboxUsage.ts';

interface Question {
  readonly name: string;
  readonly server: string | undefined;
  readonly type: RecordType | undefined;
}

function parse(args: readonly string[]): Question | undefined {
  let type: RecordType | undefined;
  const words: string[] = [];
  for (const arg of args) {
    const match = /^-(?:type|query|q|t)=(\w+)$/i.exec(arg);
    if (match) type = match[1].toUpperCase() as RecordType;
    else if (!arg.startsWith('-')) words.push(arg);
  }
  return words.length === 0 ? undefined : { name: words[0], server: words[1], type };
}

/** The first server that answers, with the names of the search list tried in turn. */
function* lookup(
  q: Question,
  types: readonly RecordType[],
): Sim<{ server: string; answers: readonly (readonly [RecordType, DnsMessage | undefined])[]; asked: string }> {
  const conf = yield* readResolvConf();
  const servers = q.server === undefined ? conf.nameservers : [(yield* resolveHost(q.server))[0]];
  const names = isIpv4(q.name)
    ? [reverseQuery(q.name)]
    : q.name.includes('.') && conf.search.length === 0
      ? [q.name]
      : searchOrder(q.name, conf);
  for (const server of servers) {
    let answers: (readonly [RecordType, DnsMessage | undefined])[] = [];
    let asked = q.name;
    for (const name of names) {
      answers = [];
      asked = name;
      for (const type of isIpv4(q.name) ? (['PTR'] as const) : types) answers.push([type, yield* askServer(server, name, type, 5_000_000)]);
      if (answers.some(([, m]) => m && m.answers.length > 0)) break;
    }
    if (answers.some(([, m]) => m)) return { server, answers, asked };
  }
  return { server: servers[0], answers: [], asked: q.name };
}

/** `busybox nslookup`. */
export function* busyboxNslookup(argv: readonly string[], build: BusyboxBuild): Sim<number> {
  const q = parse(argv.slice(1));
  if (!q) {
    yield* write(2, busyboxUsage('nslookup', build));
    return 1;
  }
  const { server, answers, asked } = yield* lookup(q, q.type ? [q.type] : ['A', 'AAAA']);
  if (answers.length === 0) {
    yield* write(1, `;; connection timed out; no servers could be reached\n\n`);
    return 1;
  }
  let out = `Server:\t\t${server}\nAddress:\t${server}:53\n\n`;
  let found = false;
  let missing = false;
  for (const [type, m] of answers) {
    if (m?.code === 'NXDOMAIN' || m?.code === 'SERVFAIL') {
      out += `** server can't find ${asked}: ${m.code}\n\n`;
      missing = true;
      continue;
    }
    if (!m) continue;
    found = true;
    if (!m.authoritative && m.answers.length >= 0) out += 'Non-authoritative answer:\n';
    for (const r of m.answers) {
      if (r.type === 'A' || r.type === 'AAAA') out += `Name:\t${r.name}\nAddress: ${r.data}\n`;
      else if (r.type === 'CNAME') out += `${r.name}\tcanonical name = ${r.data}\n`;
      else if (r.type === 'PTR') out += `${r.name}\tname = ${r.data}\n`;
      else if (r.type === 'MX') out += `${r.name}\tmail exchanger = ${r.data}\n`;
      else if (r.type === 'TXT') out += `${r.name}\ttext = "${r.data}"\n`;
      else if (r.type === 'NS') out += `${r.name}\tnameserver = ${r.data}\n`;
    }
    if (m.answers.length === 0 && q.type === type) out += `*** Can't find ${asked}: No answer\n`;
    out += '\n';
  }
  yield* write(1, out);
  return found && !missing ? 0 : 1;
}

function* main(argv: readonly string[]): Sim<number> {
  const q = parse(argv.slice(1));
  if (!q) {
    yield* write(2, 'drydock: nslookup without a name (its prompt) is not simulated\n');
    return 1;
  }
  const { server, answers, asked } = yield* lookup(q, q.type ? [q.type] : ['A', 'AAAA']);
  if (answers.length === 0) {
    yield* write(1, ';; connection timed out; no servers could be reached\n\n');
    return 1;
  }
  const [, first] = answers[0];
  const found = answers.flatMap(([, m]) => m?.answers ?? []);
  if (isIpv4(q.name)) {
    if (found.length === 0) {
      yield* write(1, `** server can't find ${asked}: NXDOMAIN\n\n`);
      return 1;
    }
    yield* write(1, `${found.map((r) => `${r.name}\tname = ${r.data}.\n`).join('')}\n`);
    return 0;
  }
  let out = `Server:\t\t${server}\nAddress:\t${server}#53\n\n`;
  if (found.length === 0) {
    out += first?.code === 'NXDOMAIN' ? `** server can't find ${q.name}: NXDOMAIN\n\n` : `*** Can't find ${q.name}: No answer\n\n`;
    yield* write(1, out);
    return 1;
  }
  out += 'Non-authoritative answer:\n';
  for (const r of found) {
    if (r.type === 'A' || r.type === 'AAAA') out += `Name:\t${r.name}\nAddress: ${r.data}\n`;
    else if (r.type === 'CNAME') out += `${r.name}\tcanonical name = ${r.data}.\n`;
    else if (r.type === 'MX') out += `${r.name}\tmail exchanger = ${r.data}\n`;
    else if (r.type === 'TXT') out += `${r.name}\ttext = "${r.data}"\n`;
    else out += `${r.name}\t${r.type === 'NS' ? 'nameserver' : r.type.toLowerCase()} = ${r.data}.\n`;
  }
  yield* write(1, `${out}\n`);
  return 0;
}

export const program: Program = { name: 'nslookup', main };
