import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const WEB = {
  Id: '8888888888880000',
  Names: ['/web', '/db/front'],
  Image: 'nginx',
  ImageID: 'sha256:8e46',
  Command: "/docker-entrypoint.sh nginx -g 'daemon off;'",
  Created: 1577934245,
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { IP: '0.0.0.0', PrivatePort: 81, PublicPort: 8081, Type: 'tcp' },
    { PrivatePort: 53, Type: 'udp' },
  ],
  Labels: { role: 'front' },
  State: 'running',
  Status: 'Up 2 hours',
  HostConfig: { NetworkMode: 'bridge' },
  NetworkSettings: { Networks: { front: {} } },
  Mounts: [
    { Type: 'volume', Name: 'data', Destination: '/data' },
    { Type: 'bind', Source: '/a/very/long/directory', Destination: '/h' },
  ],
  SizeRw: 1095,
  SizeRootFs: 192000000,
};

test.for<ClientCase>([
  {
    docker: 'ps',
    engine: [['GET /containers/json', 200, [WEB]]],
    stdout:
      'CONTAINER ID   IMAGE     COMMAND                  CREATED       STATUS       PORTS                                                NAMES\n888888888888   nginx     "/docker-entrypoint.…"   6 years ago   Up 2 hours   53/udp, 0.0.0.0:8080->80/tcp, 0.0.0.0:8081->81/tcp   web\n',
  },
  {
    docker: 'ps',
    engine: [['GET /containers/json', 200, []]],
    stdout: 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n',
  },
  {
    docker: 'container ls -a --no-trunc',
    engine: [['GET /containers/json?all=1', 200, [WEB]]],
    stdout:
      'CONTAINER ID       IMAGE     COMMAND                                          CREATED       STATUS       PORTS                                                NAMES\n8888888888880000   nginx     "/docker-entrypoint.sh nginx -g \'daemon off;\'"   6 years ago   Up 2 hours   53/udp, 0.0.0.0:8080->80/tcp, 0.0.0.0:8081->81/tcp   web,db/front\n',
  },
  {
    docker: 'container list -aq',
    engine: [['GET /containers/json?all=1', 200, [WEB, { ...WEB, Id: '2222222222220000' }]]],
    stdout: '888888888888\n222222222222\n',
  },
  {
    docker: 'ps -s',
    engine: [['GET /containers/json?size=1', 200, [WEB]]],
    stdout:
      'CONTAINER ID   IMAGE     COMMAND                  CREATED       STATUS       PORTS                                                NAMES     SIZE\n888888888888   nginx     "/docker-entrypoint.…"   6 years ago   Up 2 hours   53/udp, 0.0.0.0:8080->80/tcp, 0.0.0.0:8081->81/tcp   web       1.09kB (virtual 192MB)\n',
  },
  {
    docker: 'ps -n 2 -l',
    engine: [['GET /containers/json?limit=2', 200, [WEB]]],
    stdout:
      'CONTAINER ID   IMAGE     COMMAND                  CREATED       STATUS       PORTS                                                NAMES\n888888888888   nginx     "/docker-entrypoint.…"   6 years ago   Up 2 hours   53/udp, 0.0.0.0:8080->80/tcp, 0.0.0.0:8081->81/tcp   web\n',
  },
  {
    docker: 'ps -n=-1',
    engine: [['GET /containers/json', 200, []]],
    stdout: 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n',
  },
  {
    docker: 'ps -f name=web --filter status=exited,running --filter=label=a=b -f status=paused',
    engine: [
      ['GET /containers/json?filters={"label":{"a=b":true},"name":{"web":true},"status":{"exited,running":true,"paused":true}}', 200, []],
    ],
    stdout: 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n',
  },
  {
    docker: 'ps -f NAME=web',
    engine: [['GET /containers/json?filters={"name":{"web":true}}', 200, []]],
    stdout: 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n',
  },
  {
    docker: 'ps -f name',
    stderr:
      'invalid argument "name" for "-f, --filter" flag: bad format of filter (expected name=value)\n\nUsage:  docker ps [OPTIONS]\n\nRun \'docker ps --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'ps -f nope=1',
    engine: [['GET /containers/json?filters={"nope":{"1":true}}', 400, "invalid filter 'nope'"]],
    stderr: "Error response from daemon: invalid filter 'nope'\n",
    exit: 1,
  },
  {
    docker: "ps --format '{{.Names}}: {{.Ports}} {{.Mounts}} {{.Networks}}'",
    engine: [['GET /containers/json', 200, [WEB]]],
    stdout: 'web: 53/udp, 0.0.0.0:8080->80/tcp, 0.0.0.0:8081->81/tcp data,/a/very/long/d… front\n',
  },
  {
    docker: "ps --format 'table {{.Names}}\\t{{.Size}}'",
    engine: [['GET /containers/json?size=1', 200, [WEB]]],
    stdout: 'NAMES     SIZE\nweb       1.09kB (virtual 192MB)\n',
  },
  {
    docker: 'ps --format json',
    engine: [['GET /containers/json', 200, [WEB]]],
    stdout:
      '{"Command":"\\"/docker-entrypoint.…\\"","CreatedAt":"2020-01-02 03:04:05 +0000 UTC","ID":"888888888888","Image":"nginx","Labels":"role=front","LocalVolumes":"0","Mounts":"data,/a/very/long/d…","Names":"web","Networks":"front","Platform":null,"Ports":"53/udp, 0.0.0.0:8080-\\u003e80/tcp, 0.0.0.0:8081-\\u003e81/tcp","RunningFor":"6 years ago","Size":"1.09kB (virtual 192MB)","State":"running","Status":"Up 2 hours"}\n',
  },
  {
    docker: "ps --format '{{.Nope}}'",
    stderr:
      'failed to execute template: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.ContainerContext\n',
    exit: 1,
  },
  { docker: "ps --format '{{.Names'", stderr: 'failed to parse template: template: :1: unclosed action\n', exit: 1 },
  {
    docker: 'ps',
    files: { '.docker/config.json': '{"psFormat":"{{.ID}} {{.State}}"}' },
    engine: [['GET /containers/json', 200, [WEB]]],
    stdout: '888888888888 running\n',
  },
  {
    docker: 'ps -q',
    files: { '.docker/config.json': '{"psFormat":"{{.ID}} {{.State}}"}' },
    engine: [['GET /containers/json', 200, [WEB]]],
    stdout: '888888888888\n',
  },
  {
    docker: 'ps',
    engine: [['GET /containers/json', 500, 'something broke']],
    stderr: 'Error response from daemon: something broke\n',
    exit: 1,
  },
  {
    docker: 'ps web',
    stderr: "docker: 'docker ps' accepts no arguments\n\nUsage:  docker ps [OPTIONS]\n\nRun 'docker ps --help' for more information\n",
    exit: 1,
  },
  {
    docker: 'ps -n x',
    stderr:
      'invalid argument "x" for "-n, --last" flag: strconv.ParseInt: parsing "x": invalid syntax\n\nUsage:  docker ps [OPTIONS]\n\nRun \'docker ps --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'container ps',
    engine: [['GET /containers/json', 200, []]],
    stdout: 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n',
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
