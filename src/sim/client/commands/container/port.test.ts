import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const WEB = {
  Id: '88',
  NetworkSettings: {
    Ports: {
      '443/tcp': null,
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '8080' },
        { HostIp: '::', HostPort: '8080' },
      ],
      '53/udp': [{ HostIp: '127.0.0.1', HostPort: '5353' }],
      '8/tcp': [{ HostIp: '', HostPort: '9' }],
    },
  },
};

test.for<ClientCase>([
  {
    docker: 'port web',
    engine: [['GET /containers/web/json', 200, WEB]],
    stdout: '8/tcp -> :9\n53/udp -> 127.0.0.1:5353\n80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n',
  },
  { docker: 'port web 80', engine: [['GET /containers/web/json', 200, WEB]], stdout: '0.0.0.0:8080\n[::]:8080\n' },
  { docker: 'container port web 53/udp', engine: [['GET /containers/web/json', 200, WEB]], stdout: '127.0.0.1:5353\n' },
  {
    docker: 'port web 53',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: "Error: No public port '53' published for web\n",
    exit: 1,
  },
  {
    docker: 'port web 443/tcp',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: "Error: No public port '443/tcp' published for web\n",
    exit: 1,
  },
  {
    docker: 'port web http',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: 'Error: invalid port (http): strconv.ParseUint: parsing "http": invalid syntax\n',
    exit: 1,
  },
  {
    docker: 'port web 80/TCP',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: "Error: No public port '80/TCP' published for web\n",
    exit: 1,
  },
  {
    docker: 'port web 70000',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: 'Error: invalid port (70000): strconv.ParseUint: parsing "70000": value out of range\n',
    exit: 1,
  },
  {
    docker: 'port web 80-81',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: 'Error: invalid port (80-81): strconv.ParseUint: parsing "80-81": invalid syntax\n',
    exit: 1,
  },
  { docker: 'port db', engine: [['GET /containers/db/json', 200, { Id: '22', NetworkSettings: { Ports: {} } }]] },
  {
    docker: 'port nosuch',
    engine: [['GET /containers/nosuch/json', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'port',
    stderr:
      "docker: 'docker port' requires at least 1 and at most 2 arguments\n\nUsage:  docker port CONTAINER [PRIVATE_PORT[/PROTO]]\n\nRun 'docker port --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
