import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const PLAIN = {
  Driver: 'bridge',
  Scope: '',
  IPAM: { Driver: 'default', Options: {}, Config: [] },
  Internal: false,
  Attachable: false,
  Ingress: false,
  ConfigOnly: false,
  ConfigFrom: null,
  Options: {},
  Labels: {},
  Name: 'net',
};

test.for<ClientCase>([
  { docker: 'network create net', engine: [['POST /networks/create', 201, { Id: '88', Warning: '' }, PLAIN]], stdout: '88\n' },
  {
    docker: 'network create -d overlay --attachable --internal --scope=swarm --label a=b -o x=y net',
    engine: [
      [
        'POST /networks/create',
        201,
        { Id: '88', Warning: 'Careful' },
        { ...PLAIN, Driver: 'overlay', Scope: 'swarm', Attachable: true, Internal: true, Options: { x: 'y' }, Labels: { a: 'b' } },
      ],
    ],
    stdout: '88\n',
  },
  {
    docker: 'network create --ipv6 --ipv4=false net',
    engine: [['POST /networks/create', 201, { Id: '88' }, { ...PLAIN, EnableIPv4: false, EnableIPv6: true }]],
    stdout: '88\n',
  },
  {
    docker:
      'network create --subnet 10.1.0.0/16 --gateway 10.1.0.1 --ip-range=10.1.5.0/24 --aux-address router=10.1.0.9 --ipam-opt k=v net',
    engine: [
      [
        'POST /networks/create',
        201,
        { Id: '88' },
        {
          ...PLAIN,
          IPAM: {
            Driver: 'default',
            Options: { k: 'v' },
            Config: [{ Subnet: '10.1.0.0/16', IPRange: '10.1.5.0/24', Gateway: '10.1.0.1', AuxiliaryAddresses: { router: '10.1.0.9' } }],
          },
        },
      ],
    ],
    stdout: '88\n',
  },
  {
    docker: 'network create --subnet 10.1.0.0/16,fd00::/64 --gateway fd00::1 net',
    engine: [
      [
        'POST /networks/create',
        201,
        { Id: '88' },
        {
          ...PLAIN,
          IPAM: { Driver: 'default', Options: {}, Config: [{ Subnet: '10.1.0.0/16' }, { Subnet: 'fd00::/64', Gateway: 'fd00::1' }] },
        },
      ],
    ],
    stdout: '88\n',
  },
  {
    docker: 'network create --subnet 10.1.0.0/16 --subnet 10.1.2.0/24 net',
    stderr: 'multiple overlapping subnet configuration is not supported\n',
    exit: 1,
  },
  { docker: 'network create --gateway 10.1.0.1 net', stderr: 'every ip-range or gateway must have a corresponding subnet\n', exit: 1 },
  { docker: 'network create --subnet 10.1.0.0/16 --gateway 10.2.0.1 net', stderr: 'no matching subnet for gateway 10.2.0.1\n', exit: 1 },
  {
    docker: 'network create --subnet 10.1.0.0/16 --ip-range 10.2.0.0/24 net',
    stderr: 'no matching subnet for range 10.2.0.0/24\n',
    exit: 1,
  },
  {
    docker: 'network create --subnet 10.1.0.0/16 --aux-address a=10.2.0.1 net',
    stderr: 'no matching subnet for aux-address 10.2.0.1\n',
    exit: 1,
  },
  {
    docker: 'network create --subnet 10.1.0.0 net',
    engine: [
      [
        'POST /networks/create',
        400,
        'invalid subnet 10.1.0.0: invalid CIDR block notation',
        { ...PLAIN, IPAM: { ...PLAIN.IPAM, Config: [{ Subnet: '10.1.0.0' }] } },
      ],
    ],
    stderr: 'Error response from daemon: invalid subnet 10.1.0.0: invalid CIDR block notation\n',
    exit: 1,
  },
  { docker: 'network create --subnet 10.1.0.0/16 --gateway 10.1.0.x net', stderr: 'no matching subnet for gateway 10.1.0.x\n', exit: 1 },
  {
    docker: 'network create --config-only --config-from other net',
    engine: [['POST /networks/create', 400, 'cannot specify both', { ...PLAIN, ConfigOnly: true, ConfigFrom: { Network: 'other' } }]],
    stderr: 'Error response from daemon: cannot specify both\n',
    exit: 1,
  },
  {
    docker: 'network create net',
    engine: [['POST /networks/create', 409, 'network with name net already exists', PLAIN]],
    stderr: 'Error response from daemon: network with name net already exists\n',
    exit: 1,
  },
  {
    docker: 'network create -o x net',
    engine: [['POST /networks/create', 201, { Id: '88' }, { ...PLAIN, Options: { x: '' } }]],
    stdout: '88\n',
  },
  {
    docker: 'network create',
    stderr:
      "docker: 'docker network create' requires 1 argument\n\nUsage:  docker network create [OPTIONS] NETWORK\n\nRun 'docker network create --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
