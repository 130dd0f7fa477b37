import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const DATA = {
  Name: 'data10',
  Driver: 'local',
  Mountpoint: '/var/lib/docker/volumes/data10/_data',
  Labels: { a: 'b' },
  Scope: 'local',
  Options: null,
};

test.for<ClientCase>([
  {
    docker: 'volume ls',
    engine: [['GET /volumes', 200, { Volumes: [DATA, { ...DATA, Name: 'data9' }], Warnings: null }]],
    stdout: 'DRIVER    VOLUME NAME\nlocal     data9\nlocal     data10\n',
  },
  { docker: 'volume list -q', engine: [['GET /volumes', 200, { Volumes: [DATA] }]], stdout: 'data10\n' },
  { docker: 'volume ls', engine: [['GET /volumes', 200, { Volumes: null }]], stdout: 'DRIVER    VOLUME NAME\n' },
  {
    docker: 'volume ls -f dangling=true -f driver=local --filter=name=x',
    engine: [['GET /volumes?filters={"dangling":{"true":true},"driver":{"local":true},"name":{"x":true}}', 200, { Volumes: [] }]],
    stdout: 'DRIVER    VOLUME NAME\n',
  },
  {
    docker: 'volume ls --format \'{{.Name}} {{.Driver}} {{.Scope}} {{.Mountpoint}} {{.Label "a"}} {{.Links}} {{.Size}}\'',
    engine: [['GET /volumes', 200, { Volumes: [DATA] }]],
    stdout: 'data10 local local /var/lib/docker/volumes/data10/_data b N/A N/A\n',
  },
  {
    docker: 'volume ls --format json',
    engine: [['GET /volumes', 200, { Volumes: [DATA] }]],
    stdout:
      '{"Availability":"N/A","Driver":"local","Group":"N/A","Labels":"a=b","Links":"N/A","Mountpoint":"/var/lib/docker/volumes/data10/_data","Name":"data10","Scope":"local","Size":"N/A","Status":"N/A"}\n',
  },
  {
    docker: 'volume ls --cluster',
    engine: [['GET /volumes', 200, { Volumes: [DATA] }]],
    stdout: 'VOLUME NAME   GROUP     DRIVER    AVAILABILITY   STATUS\n',
  },
  {
    docker: 'volume ls -f nope=1',
    engine: [['GET /volumes?filters={"nope":{"1":true}}', 400, "invalid filter 'nope'"]],
    stderr: "Error response from daemon: invalid filter 'nope'\n",
    exit: 1,
  },
  {
    docker: 'volume ls x',
    stderr:
      "docker: 'docker volume ls' accepts no arguments\n\nUsage:  docker volume ls [OPTIONS]\n\nRun 'docker volume ls --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
