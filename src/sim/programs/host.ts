/** host: 'example.com has address 93.184.215.14'. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { write } from '../kernel/syscalls.ts';
import type { RecordType } from '../net/dns/message.ts';
import { reverseQuery } from '../net/dns/message.ts';
import { askServers, readResolvConf, resolveHost } from '../net/dns/resolve.ts';
import { isIpv4 } from '../net/ip/address.ts';

function* main(argv: readonly string[]): Sim<number> {
  const words: string[] = [];
  let type: RecordType | undefined;
  for (let i = 1; i < argv.length; i++) {
    if (argv[i] === '-t') type = argv[++i]?.toUpperCase() as RecordType;
    else if (!argv[i].startsWith('-')) words.push(argv[i]);
  }
  const [name, server] = words;
  if (name === undefined) {
    yield* write(2, 'Usage: host [-t type] name [server]\n');
    return 1;
  }
  const conf = yield* readResolvConf();
  const chosen = server === undefined ? conf : { ...conf, nameservers: [(yield* resolveHost(server))[0]] };
  const asked = isIpv4(name) ? reverseQuery(name) : name.replace(/(?<=.)\.$/, '');
  const types: readonly RecordType[] = type ? [type] : isIpv4(name) ? ['PTR'] : ['A', 'AAAA', 'MX'];
  let out = server === undefined ? '' : `Using domain server:\nName: ${server}\nAddress: ${chosen.nameservers[0]}#53\nAliases: \n\n`;
  let found = false;
  for (const one of types) {
    const message = yield* askServers(chosen, asked, one);
    if (!message) {
      yield* write(1, `${out};; communications error to ${chosen.nameservers[0]}#53: timed out\n;; no servers could be reached\n`);
      return 1;
    }
    if (message.code !== 'NOERROR') {
      yield* write(
        1,
        `${out}Host ${asked}${isIpv4(name) ? '.' : ''} not found: ${message.code === 'NXDOMAIN' ? '3(NXDOMAIN)' : '2(SERVFAIL)'}\n`,
      );
      return 1;
    }
    for (const r of message.answers) {
      found = true;
      if (r.type === 'A') out += `${r.name} has address ${r.data}\n`;
      else if (r.type === 'AAAA') out += `${r.name} has IPv6 address ${r.data}\n`;
      else if (r.type === 'CNAME') out += `${r.name} is an alias for ${r.data}.\n`;
      else if (r.type === 'PTR') out += `${r.name} domain name pointer ${r.data}.\n`;
      else if (r.type === 'MX') out += `${r.name} mail is handled by ${r.data}\n`;
      else out += `${r.name} ${r.type === 'TXT' ? `descriptive text "${r.data}"` : `${r.type} ${r.data}`}\n`;
    }
  }
  if (!found && type) out += `${asked} has no ${type} record\n`;
  yield* write(1, out);
  return 0;
}

export const program: Program = { name: 'host', main };
