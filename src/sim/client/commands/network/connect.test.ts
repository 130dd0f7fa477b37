import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const ENDPOINT = {
  IPAMConfig: {},
  Links: null,
  Aliases: [],
  DriverOpts: {},
  GwPriority: 0,
  NetworkID: '',
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  MacAddress: '',
  IPPrefixLen: 0,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  DNSNames: null,
};

test.for<ClientCase>([
  {
    docker: 'network connect net web',
    engine: [['POST /networks/net/connect', 200, undefined, { Container: 'web', EndpointConfig: ENDPOINT }]],
  },
  {
    docker:
      'network connect --ip 10.1.0.5 --ip6=fd00::5 --alias a --alias b --link db:database --link-local-ip 169.254.1.1 --driver-opt k=v --gw-priority 5 net web',
    engine: [
      [
        'POST /networks/net/connect',
        200,
        undefined,
        {
          Container: 'web',
          EndpointConfig: {
            ...ENDPOINT,
            IPAMConfig: { IPv4Address: '10.1.0.5', IPv6Address: 'fd00::5', LinkLocalIPs: ['169.254.1.1'] },
            Links: ['db:database'],
            Aliases: ['a', 'b'],
            DriverOpts: { k: 'v' },
            GwPriority: 5,
          },
        },
      ],
    ],
  },
  {
    docker: 'network connect --ip 10.1 net web',
    engine: [
      [
        'POST /networks/net/connect',
        400,
        'invalid endpoint settings',
        { Container: 'web', EndpointConfig: { ...ENDPOINT, IPAMConfig: { IPv4Address: '10.1' } } },
      ],
    ],
    stderr: 'Error response from daemon: invalid endpoint settings\n',
    exit: 1,
  },
  {
    docker: 'network connect --link a:b:c net web',
    stderr:
      'invalid argument "a:b:c" for "--link" flag: bad format for links: a:b:c\n\nUsage:  docker network connect [OPTIONS] NETWORK CONTAINER\n\nRun \'docker network connect --help\' for more information\n',
    exit: 125,
  },
  { docker: 'network connect --driver-opt k net web', stderr: 'invalid key/value pair format in driver options\n', exit: 1 },
  {
    docker: 'network connect nosuch web',
    engine: [['POST /networks/nosuch/connect', 404, 'network nosuch not found', { Container: 'web', EndpointConfig: ENDPOINT }]],
    stderr: 'Error response from daemon: network nosuch not found\n',
    exit: 1,
  },
  {
    docker: 'network connect net web',
    engine: [
      [
        'POST /networks/net/connect',
        403,
        'endpoint with name web already exists in network net',
        { Container: 'web', EndpointConfig: ENDPOINT },
      ],
    ],
    stderr: 'Error response from daemon: endpoint with name web already exists in network net\n',
    exit: 1,
  },
  {
    docker: 'network connect net',
    stderr:
      "docker: 'docker network connect' requires 2 arguments\n\nUsage:  docker network connect [OPTIONS] NETWORK CONTAINER\n\nRun 'docker network connect --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
