import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const NET = {
  Name: 'net10',
  Id: '8888888888880000',
  Created: '2020-01-02T03:04:05.6Z',
  Scope: 'local',
  Driver: 'bridge',
  EnableIPv4: true,
  EnableIPv6: false,
  Internal: true,
  Labels: { a: 'b' },
};

test.for<ClientCase>([
  {
    docker: 'network ls',
    engine: [['GET /networks', 200, [NET, { ...NET, Name: 'net9', Driver: 'null' }]]],
    stdout:
      'NETWORK ID     NAME      DRIVER    SCOPE\n888888888888   net9      null      local\n888888888888   net10     bridge    local\n',
  },
  { docker: 'network list -q', engine: [['GET /networks', 200, [NET]]], stdout: '888888888888\n' },
  {
    docker: 'network ls --no-trunc',
    engine: [['GET /networks', 200, [NET]]],
    stdout: 'NETWORK ID         NAME      DRIVER    SCOPE\n8888888888880000   net10     bridge    local\n',
  },
  {
    docker: 'network ls -f driver=bridge --filter=name=a -f name=b',
    engine: [['GET /networks?filters={"driver":{"bridge":true},"name":{"a":true,"b":true}}', 200, []]],
    stdout: 'NETWORK ID   NAME      DRIVER    SCOPE\n',
  },
  {
    docker: "network ls --format '{{.Name}} {{.IPv4}} {{.IPv6}} {{.Internal}} {{.Labels}} {{.CreatedAt}}'",
    engine: [['GET /networks', 200, [NET]]],
    stdout: 'net10 true false true a=b 2020-01-02 03:04:05.6 +0000 UTC\n',
  },
  {
    docker: 'network ls --format json',
    engine: [['GET /networks', 200, [NET]]],
    stdout:
      '{"CreatedAt":"2020-01-02 03:04:05.6 +0000 UTC","Driver":"bridge","ID":"888888888888","IPv4":"true","IPv6":"false","Internal":"true","Labels":"a=b","Name":"net10","Scope":"local"}\n',
  },
  {
    docker: 'network ls --format \'table {{.Name}}\\t{{.Label "a"}}\'',
    engine: [['GET /networks', 200, [NET]]],
    stdout: 'NAME      a\nnet10     b\n',
  },
  {
    docker: 'network ls',
    files: { '.docker/config.json': '{"networksFormat":"{{.Name}}"}' },
    engine: [['GET /networks', 200, [NET]]],
    stdout: 'net10\n',
  },
  {
    docker: 'network ls -f nope=1',
    engine: [['GET /networks?filters={"nope":{"1":true}}', 400, "invalid filter 'nope'"]],
    stderr: "Error response from daemon: invalid filter 'nope'\n",
    exit: 1,
  },
  {
    docker: 'network ls -f nope',
    stderr:
      'invalid argument "nope" for "-f, --filter" flag: bad format of filter (expected name=value)\n\nUsage:  docker network ls [OPTIONS]\n\nRun \'docker network ls --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'network ls x',
    stderr:
      "docker: 'docker network ls' accepts no arguments\n\nUsage:  docker network ls [OPTIONS]\n\nRun 'docker network ls --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
