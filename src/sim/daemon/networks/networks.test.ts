/** Networks of a daemon with packets that really pass: each test is a small conversation as one would type it. */
import { describe, expect, test } from 'vitest';
import type { EndpointSettings } from '../../api/types/common.ts';
import { caller } from '../../kernel/calls/context.ts';
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { bind, listen, readText, sleep, socket, spawn, waitpid, writeFile } from '../../kernel/syscalls.ts';
import { TEST_EPOCH } from '../../kernel/testing.ts';
import { HostNotFound, resolveHost } from '../../net/dns/resolve.ts';
import { connectHttp } from '../../net/http/client.ts';
import { serveHttp } from '../../net/http/server.ts';
import { NetStack } from '../../net/stack.ts';
import { networkedMachine } from '../../net/testing.ts';
import { DaemonError } from '../errors.ts';
import { EventLog } from '../events.ts';
import type { ContainerRecord } from '../records.ts';
import type { ContainerWishes } from '../testing.ts';
import { container, recordStore, testCause, testId } from '../testing.ts';
import { createNetworks } from './index.ts';

interface Running {
  record(): ContainerRecord;
  /** Runs code in the container's network, with its /etc/hosts and /etc/resolv.conf. */
  inside<T>(body: () => Sim<T>): Sim<T>;
}

function daemon() {
  const net = networkedMachine();
  const { kernel, scheduler } = net.machine;
  const records = recordStore({});
  const events = new EventLog(() => scheduler.now);
  const networks = createNetworks({ records, events, host: net.stack, clock: { epochUs: TEST_EPOCH }, root: '/var/lib/docker' });
  networks.start(testCause);

  function* start(name: string, wishes: ContainerWishes = {}, endpoints: Record<string, Partial<EndpointSettings>> = {}): Sim<Running> {
    const id = testId([...name].map((c) => c.charCodeAt(0).toString(16)).join(''));
    const made = container({ name, ...wishes, id, config: { Hostname: id.slice(0, 12), ...wishes.config } });
    const planned = networks.planEndpoints({ id, name, hostname: made.config.Hostname }, made.hostConfig, endpoints);
    const created = { ...made, network: { ...made.network, endpoints: planned } };
    records.commit(testCause, (tx) => tx.insert('containers', created));
    const netns = kernel.createNetNamespace();
    netns.stack = created.hostConfig.NetworkMode === 'host' ? net.stack : new NetStack(net.world, name);
    const network = yield* networks.openSandbox(created, netns, testCause);
    records.commit(testCause, (tx) => tx.update('containers', id, { network, state: { ...made.state, status: 'running' } }));
    return {
      record: () => records.get('containers', id) as ContainerRecord,
      *inside<T>(body: () => Sim<T>): Sim<T> {
        const before = [yield* readText('/etc/hosts'), yield* readText('/etc/resolv.conf')];
        for (const file of ['hosts', 'resolv.conf'])
          yield* writeFile(`/etc/${file}`, yield* readText(`/var/lib/docker/containers/${id}/${file}`));
        const outcome: { value?: { of: T }; error?: unknown } = {};
        const pid = yield* spawn({
          argv: ['inside'],
          *main() {
            const process = yield* caller();
            process.namespaces = { ...process.namespaces, net: netns };
            try {
              outcome.value = { of: yield* body() };
            } catch (error) {
              outcome.error = error;
            }
            return 0;
          },
        });
        yield* waitpid(pid);
        yield* writeFile('/etc/hosts', before[0]);
        yield* writeFile('/etc/resolv.conf', before[1]);
        if (!outcome.value) throw outcome.error;
        return outcome.value.of;
      },
    };
  }

  /** A web server that says who asked. */
  function* serve(c: Running, port: number): Sim<void> {
    yield* c.inside(function* () {
      const fd = yield* socket('inet', 'stream');
      yield* bind(fd, { address: '', port });
      yield* listen(fd);
      const self = yield* caller();
      // The process of `inside` ends; its namespace and socket live on in a child.
      yield* spawn({
        argv: ['web'],
        *main() {
          const process = yield* caller();
          process.namespaces = self.namespaces;
          return yield* serveHttp(fd, function* (_req, res, conn) {
            yield* res.end('address' in conn.peer ? conn.peer.address : '');
          });
        },
      });
    });
  }

  function evaluate<T>(body: () => Sim<T>): T {
    let out: { value: T } | undefined;
    net.machine.run(function* () {
      out = { value: yield* body() };
      return 0;
    });
    if (!out) throw new Error('no result');
    return out.value;
  }
  return { net, records, events, networks, start, serve, evaluate };
}

function* fetch(host: string, port: number): Sim<string> {
  try {
    const connection = yield* connectHttp({ host, port });
    const response = yield* connection.request({ method: 'GET', path: '/' });
    const text = yield* response.body.text();
    yield* connection.close();
    return text;
  } catch (error) {
    if (error instanceof Errno) return error.code;
    if (error instanceof HostNotFound) return error.message;
    throw error;
  }
}

/** The message of the DaemonError that `body` throws. */
function* refusal(body: () => Sim<unknown>): Sim<string> {
  try {
    yield* body();
    return 'done';
  } catch (error) {
    if (error instanceof DaemonError) return `${error.kind}: ${error.message}`;
    throw error;
  }
}

const create = (name: string, more: object = {}) => ({ Name: name, ...more });
const subnet = (Subnet: string) => ({ IPAM: { Config: [{ Subnet }] } });

test('the default bridge: addresses in order, the gateway, no names, the lowest free address again', () => {
  const d = daemon();
  const result = d.evaluate(function* () {
    const a = yield* d.start('aa');
    const b = yield* d.start('bb');
    const first = a.record().network.endpoints[0].settings;
    const seen = [first.IPAddress, first.IPPrefixLen, first.Gateway, first.DNSNames, b.record().network.endpoints[0].settings.IPAddress];
    yield* d.serve(b, 80);
    const byAddress = yield* a.inside(() => fetch('172.17.0.3', 80));
    const byName = yield* a.inside(() => fetch('bb', 80));
    yield* d.networks.closeSandbox(a.record(), testCause);
    const c = yield* d.start('cc');
    return [...seen, byAddress, byName, c.record().network.endpoints[0].settings.IPAddress];
  });
  expect(result).toEqual(['172.17.0.2', 16, '172.17.0.1', null, '172.17.0.3', '172.17.0.2', 'Name or service not known', '172.17.0.2']);
});

test('a user-defined network: names, aliases and short ids resolve there and nowhere else', () => {
  const d = daemon();
  const result = d.evaluate(function* () {
    yield* d.networks.networkCreate(create('mynet'), testCause);
    const db = yield* d.start('db', { hostConfig: { NetworkMode: 'mynet' } }, { mynet: { Aliases: ['database'] } });
    const web = yield* d.start('web', { hostConfig: { NetworkMode: 'mynet' } });
    const other = yield* d.start('other');
    yield* d.serve(db, 80);
    const names = ['db', 'database', db.record().id.slice(0, 12), 'db.mynet', 'nosuch'];
    const answers: string[] = [];
    for (const name of names) answers.push(yield* web.inside(() => fetch(name, 80)));
    const outside = yield* other.inside(() => fetch('db', 80));
    yield* d.networks.networkConnect('mynet', 'other', {}, testCause);
    const joined = yield* other.inside(() => fetch('db', 80));
    yield* d.networks.networkDisconnect('mynet', 'other', false, testCause);
    const left = yield* other.inside(() => fetch('db', 80));
    return [db.record().network.endpoints[0].settings.DNSNames, ...answers, outside, joined, left];
  });
  expect(result).toEqual([
    ['db', 'database', '646200000000'],
    '172.18.0.3',
    '172.18.0.3',
    '172.18.0.3',
    '172.18.0.3',
    'Name or service not known',
    'Name or service not known',
    '172.18.0.4',
    'Name or service not known',
  ]);
});

test('a published port answers on localhost, on [::1], on the address of the machine and from another container', () => {
  const d = daemon();
  const result = d.evaluate(function* () {
    const web = yield* d.start('web', {
      config: { ExposedPorts: { '80/tcp': {} } },
      hostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } },
    });
    const other = yield* d.start('other');
    yield* d.serve(web, 80);
    const answers = [
      yield* fetch('127.0.0.1', 8080),
      yield* fetch('::1', 8080),
      yield* fetch('10.0.0.11', 8080),
      yield* other.inside(() => fetch('10.0.0.11', 8080)),
    ];
    const ports = web.record().network.ports;
    const twice = yield* refusal(() => d.start('web2', { hostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } } }));
    yield* d.networks.closeSandbox(web.record(), testCause);
    return [...answers, ports, twice.replace(/\([0-9a-f]{64}\)/, '(<id>)'), yield* fetch('127.0.0.1', 8080)];
  });
  expect(result).toEqual([
    '172.17.0.1',
    '172.17.0.1',
    '10.0.0.11',
    '172.17.0.1',
    {
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '8080' },
        { HostIp: '::', HostPort: '8080' },
      ],
    },
    'system: failed to set up container networking: driver failed programming external connectivity on endpoint web2 (<id>): Bind for 0.0.0.0:8080 failed: port is already allocated',
    'ECONNREFUSED',
  ]);
});

test('-P takes ports from 32768 on; exposed ports without -P are null', () => {
  const d = daemon();
  const result = d.evaluate(function* () {
    const exposed = { ExposedPorts: { '80/tcp': {}, '9000/tcp': {} } };
    const all = yield* d.start('all', { config: exposed, hostConfig: { PublishAllPorts: true, PortBindings: {} } });
    const none = yield* d.start('none1', { config: exposed });
    return [all.record().network.ports, none.record().network.ports];
  });
  expect(result).toEqual([
    {
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '32768' },
        { HostIp: '::', HostPort: '32768' },
      ],
      '9000/tcp': [
        { HostIp: '0.0.0.0', HostPort: '32769' },
        { HostIp: '::', HostPort: '32769' },
      ],
    },
    { '80/tcp': null, '9000/tcp': null },
  ]);
});

test('out to the internet from a bridge, not from an internal network, and not from one bridge to another', () => {
  const d = daemon();
  const far = new NetStack(d.net.world, 'example.com');
  d.net.internet.attachHost(far, ['93.184.215.14']);
  d.net.internet.addHost('example.com', '93.184.215.14');
  const result = d.evaluate(function* () {
    yield* d.networks.networkCreate(create('back', { Internal: true }), testCause);
    yield* d.networks.networkCreate(create('front'), testCause);
    const a = yield* d.start('a');
    const b = yield* d.start('b', { hostConfig: { NetworkMode: 'back' } });
    const c = yield* d.start('c', { hostConfig: { NetworkMode: 'front' } });
    yield* d.serve(c, 80);
    return [
      yield* a.inside(() => resolveHost('example.com')),
      yield* c.inside(() => resolveHost('example.com')),
      yield* a.inside(() => fetch('example.com', 80)),
      yield* b.inside(() => fetch('example.com', 80)),
      yield* b.inside(() => fetch('93.184.215.14', 80)),
      yield* a.inside(() => fetch('172.19.0.2', 80)),
      b.record().network.endpoints[0].settings.Gateway,
    ];
  });
  expect(result).toEqual([
    ['93.184.215.14'],
    ['93.184.215.14'],
    'ECONNREFUSED',
    'Name or service not known',
    'ENETUNREACH',
    'ETIMEDOUT',
    '',
  ]);
});

describe('refusals, in the words of Docker', () => {
  const cases: readonly (readonly [string, (d: ReturnType<typeof daemon>) => Sim<unknown>, string])[] = [
    ['a name that exists', (d) => d.networks.networkCreate(create('net'), testCause), 'conflict: network with name net already exists'],
    [
      'a predefined name',
      (d) => d.networks.networkCreate(create('host'), testCause),
      'forbidden: operation is not permitted on predefined host network ',
    ],
    [
      'a pool that overlaps',
      (d) => d.networks.networkCreate(create('n2', subnet('10.20.0.0/16')), testCause),
      'forbidden: invalid pool request: Pool overlaps with other one on this address space',
    ],
    [
      'host bits in the subnet',
      (d) => d.networks.networkCreate(create('n2', subnet('10.30.0.1/24')), testCause),
      'invalid: invalid network config:\ninvalid subnet 10.30.0.1/24: it should be 10.30.0.0/24',
    ],
    [
      'an unknown driver',
      (d) => d.networks.networkCreate(create('n2', { Driver: 'foo' }), testCause),
      'notFound: could not find plugin foo in v1 plugin registry: plugin not found',
    ],
    [
      'overlay without a swarm',
      (d) => d.networks.networkCreate(create('n2', { Driver: 'overlay' }), testCause),
      'unavailable: This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    ],
    [
      'removing a predefined one',
      (d) => d.networks.networkRemove('bridge', testCause),
      'forbidden: bridge is a pre-defined network and cannot be removed',
    ],
    ['removing nothing', (d) => d.networks.networkRemove('nosuch', testCause), 'notFound: network nosuch not found'],
    [
      'connecting twice',
      (d) => d.networks.networkConnect('net', 'ss', {}, testCause),
      'forbidden: endpoint with name ss already exists in network net',
    ],
    [
      'disconnecting from where it is not',
      (d) => d.networks.networkDisconnect('bridge', 'ss', false, testCause),
      `forbidden: container ${testId('7373')} is not connected to network bridge`,
    ],
    [
      'an address in use',
      (d) => d.start('tt', { hostConfig: { NetworkMode: 'net' } }, { net: { IPAMConfig: { IPv4Address: '10.20.0.50' } } }),
      'forbidden: failed to set up container networking: Address already in use',
    ],
    [
      'an address outside',
      (d) => d.start('uu', { hostConfig: { NetworkMode: 'net' } }, { net: { IPAMConfig: { IPv4Address: '10.21.0.5' } } }),
      'invalid: invalid config for network net: invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.21.0.5',
    ],
    [
      'no address at all',
      (d) => d.start('vv', { hostConfig: { NetworkMode: 'net' } }, { net: { IPAMConfig: { IPv4Address: '300.1.1.1' } } }),
      'invalid: invalid config for network net: invalid endpoint settings:\n* invalid IPv4 address: 300.1.1.1\n* no configured subnet or ip-range contain the IP address 300.1.1.1',
    ],
    [
      'an address on the default bridge',
      (d) => d.start('ww', {}, { bridge: { IPAMConfig: { IPv4Address: '172.17.0.50' } } }),
      'invalid: invalid config for network bridge: invalid endpoint settings:\n* user specified IP address is supported on user defined networks only\n* user specified IP address is supported only when connecting to networks with user configured subnets',
    ],
    [
      'no such network',
      (d) => d.start('xx', { hostConfig: { NetworkMode: 'nosuch' } }),
      'notFound: failed to set up container networking: network nosuch not found',
    ],
    [
      'a link to who is not on the bridge',
      (d) => d.start('yy', { hostConfig: { Links: ['ss:mydb'] } }),
      `invalid: container ${testId('7373')} not attached to default bridge network`,
    ],
  ];
  test.each(cases)('%s', (_, body, message) => {
    const d = daemon();
    const result = d.evaluate(function* () {
      yield* d.networks.networkCreate(create('net', subnet('10.20.0.0/24')), testCause);
      yield* d.start('ss', { hostConfig: { NetworkMode: 'net' } }, { net: { IPAMConfig: { IPv4Address: '10.20.0.50' } } });
      return yield* refusal(() => body(d));
    });
    expect(result).toBe(message);
  });
});

test('removing a network that is in use names the endpoints; events tell what happened', () => {
  const d = daemon();
  const result = d.evaluate(function* () {
    yield* d.networks.networkCreate(create('mynet'), testCause);
    const bb = yield* d.start('bb', { hostConfig: { NetworkMode: 'mynet' } });
    const inUse = yield* refusal(() => d.networks.networkRemove('mynet', testCause));
    yield* d.networks.closeSandbox(bb.record(), testCause);
    yield* d.networks.networkRemove('mynet', testCause);
    return [inUse.replace(/[0-9a-f]{12}/, '<id>')];
  });
  expect(result).toEqual(['forbidden: error while removing network: network mynet has active endpoints (name:"bb" id:"<id>")']);
  expect(d.events.recent.map((e) => `${e.action} ${e.actor.attributes.name} ${e.actor.attributes.container ?? ''}`.trim())).toEqual([
    'create mynet',
    `connect mynet ${testId('6262')}`,
    `disconnect mynet ${testId('6262')}`,
    'destroy mynet',
  ]);
});

test('inspect and the files of a container', () => {
  const d = daemon();
  const [inspect, hosts, resolv] = d.evaluate(function* () {
    yield* d.networks.networkCreate(create('net', { ...subnet('10.20.0.0/24'), Labels: { a: 'b' } }), testCause);
    const c = yield* d.start('c', { hostConfig: { NetworkMode: 'net', ExtraHosts: ['host.docker.internal:host-gateway'] } });
    const file = (name: string) => readText(`/var/lib/docker/containers/${c.record().id}/${name}`);
    return [yield* d.networks.networkInspect('net', ''), yield* file('hosts'), yield* file('resolv.conf')] as const;
  });
  const [endpoint] = Object.values(inspect.Containers);
  expect(inspect).toEqual({
    Name: 'net',
    Id: inspect.Id,
    Created: inspect.Created,
    Scope: 'local',
    Driver: 'bridge',
    EnableIPv4: true,
    EnableIPv6: false,
    IPAM: { Driver: 'default', Options: null, Config: [{ Subnet: '10.20.0.0/24' }] },
    Internal: false,
    Attachable: false,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: {
      [testId('63')]: {
        Name: 'c',
        EndpointID: endpoint.EndpointID,
        MacAddress: endpoint.MacAddress,
        IPv4Address: '10.20.0.2/24',
        IPv6Address: '',
      },
    },
    Options: {},
    Labels: { a: 'b' },
  });
  expect(hosts).toBe(
    '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::\tip6-localnet\nff00::\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n' +
      '172.17.0.1\thost.docker.internal\n10.20.0.2\t630000000000\n',
  );
  expect(resolv.split('\n').slice(4, 6)).toEqual(['nameserver 127.0.0.11', 'options ndots:0']);
});

test('macvlan: containers are on the wire of their parent, which they cannot reach', () => {
  const d = daemon();
  d.evaluate(function* () {
    yield* d.networks.networkCreate(
      create('mac', { Driver: 'macvlan', Options: { parent: 'eth0' }, ...subnet('10.66.0.0/24') }),
      testCause,
    );
    const a = yield* d.start('a', { hostConfig: { NetworkMode: 'mac' } });
    const b = yield* d.start('b', { hostConfig: { NetworkMode: 'mac' } });
    yield* d.serve(b, 80);
    expect(a.record().network.endpoints[0].settings).toMatchObject({ IPAddress: '10.66.0.2', Gateway: '10.66.0.1' });
    expect(yield* a.inside(() => fetch('10.66.0.3', 80))).toBe('10.66.0.2');
    expect(yield* fetch('10.66.0.3', 80)).toMatch(/^E/);
  });
});

test.each([
  [{ parent: 'nosuch0.5' }, 'system: -o parent interface was not found on the host: nosuch0'],
  [{ parent: 'nosuch0' }, 'system: invalid subinterface vlan name nosuch0, example formatting is eth0.10'],
  [{ parent: 'eth0.5000' }, 'system: vlan id must be between 1-4094, received: 5000'],
  [{ macvlan_mode: 'x' }, "invalid: requested macvlan mode 'x' is not valid, 'bridge' mode is the macvlan driver default"],
])('macvlan with %j is refused', (Options, message) => {
  const d = daemon();
  const request = create('mac', { Driver: 'macvlan', Options });
  expect(d.evaluate(() => refusal(() => d.networks.networkCreate(request, testCause)))).toBe(message);
});

test('a configuration network lends its settings and cannot go while it is used', () => {
  const d = daemon();
  d.evaluate(function* () {
    yield* d.networks.networkCreate(create('cfg', { ConfigOnly: true, ...subnet('10.67.0.0/24') }), testCause);
    yield* d.networks.networkCreate(create('from', { ConfigFrom: { Network: 'cfg' } }), testCause);
    expect((yield* d.networks.networkInspect('cfg', '')).Driver).toBe('null');
    expect((yield* d.networks.networkInspect('from', '')).IPAM.Config).toEqual([{ Subnet: '10.67.0.0/24' }]);
    expect(yield* refusal(() => d.networks.networkRemove('cfg', testCause))).toBe('forbidden: configuration network "cfg" is in use');
  });
});

describe('filters', () => {
  /** Two networks, one with a label; then `body`, or the refusal of it. */
  function withNetworks<T>(body: (d: ReturnType<typeof daemon>) => Sim<T>): T | string {
    const d = daemon();
    return d.evaluate(function* () {
      yield* d.networks.networkCreate(create('plain'), testCause);
      yield* sleep(60_000_000);
      yield* d.networks.networkCreate(create('marked', { Labels: { tier: 'web', stage: 'a=b' } }), testCause);
      let result: T | undefined;
      const refused = yield* refusal(function* () {
        result = yield* body(d);
      });
      return result ?? refused;
    });
  }
  const filters = (text: string) => {
    const [key, ...values] = text.split(' ');
    return new Map([[key, values]]);
  };

  test.each([
    ['name a', ['plain', 'marked']],
    ['name ^ma plain', ['plain', 'marked']],
    ['name (', []],
    ['type custom', ['plain', 'marked']],
    ['type builtin', ['bridge', 'host', 'none']],
    ['dangling true', ['plain', 'marked']],
    ['driver null host', ['host', 'none']],
    ['label tier', ['marked']],
    ['label tier=web stage=a=b', ['marked']],
    ['label tier=db', []],
    ['label toString', []],
    ['label __proto__', []],
    ['type odd', "system: invalid filter: 'type'='odd'"],
    ['dangling maybe', `invalid: invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")`],
    ['constructor x', "invalid: invalid filter 'constructor'"],
  ])('docker network ls --filter %s', (text, expected) => {
    const found = withNetworks((d) => d.networks.networkList(filters(text)));
    const names = typeof found === 'string' ? found : found.map((network) => network.Name);
    expect(Array.isArray(names) ? names.sort() : names).toEqual(Array.isArray(expected) ? expected.toSorted() : expected);
  });

  test.each([
    ['label', ['plain', 'marked']],
    ['label toString', null],
    ['label! tier', ['plain']],
    ['label! tier other', ['plain', 'marked']],
    ['until 30s', ['plain']],
    ['until 24h', null],
    ['until 2000-01-01', null],
    ['until abc', 'invalid: failed to parse value as time or duration: "abc"'],
    ['until a-b', 'invalid: parsing time "a-b" as "2006-01-02": cannot parse "a-b" as "2006"'],
    ['until 1h 2h', 'invalid: more than one until filter specified'],
  ])('docker network prune --filter %s', (text, expected) => {
    const report = withNetworks((d) => d.networks.networksPrune(filters(text), testCause));
    expect(typeof report === 'string' ? report : report.NetworksDeleted).toEqual(expected);
  });
});
