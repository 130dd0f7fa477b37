import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const DATA = {
  CreatedAt: '2020-01-02T03:04:05Z',
  Driver: 'local',
  Labels: null,
  Mountpoint: '/var/lib/docker/volumes/data/_data',
  Name: 'data',
  Options: null,
  Scope: 'local',
};

test.for<ClientCase>([
  {
    docker: 'volume inspect data',
    engine: [['GET /volumes/data', 200, DATA]],
    stdout:
      '[\n    {\n        "CreatedAt": "2020-01-02T03:04:05Z",\n        "Driver": "local",\n        "Labels": null,\n        "Mountpoint": "/var/lib/docker/volumes/data/_data",\n        "Name": "data",\n        "Options": null,\n        "Scope": "local"\n    }\n]\n',
  },
  {
    docker: "volume inspect -f '{{.Mountpoint}} {{.Labels}} {{.Options}}' data",
    engine: [['GET /volumes/data', 200, DATA]],
    stdout: '/var/lib/docker/volumes/data/_data map[] map[]\n',
  },
  {
    docker: 'volume inspect nosuch data',
    engine: [
      ['GET /volumes/nosuch', 404, 'get nosuch: no such volume'],
      ['GET /volumes/data', 200, DATA],
    ],
    stdout:
      '[\n    {\n        "CreatedAt": "2020-01-02T03:04:05Z",\n        "Driver": "local",\n        "Labels": null,\n        "Mountpoint": "/var/lib/docker/volumes/data/_data",\n        "Name": "data",\n        "Options": null,\n        "Scope": "local"\n    }\n]\n',
    stderr: 'Error response from daemon: get nosuch: no such volume\n',
    exit: 1,
  },
  {
    docker: "volume inspect --format '{{.Nope}}' data",
    engine: [['GET /volumes/data', 200, DATA]],
    stdout: '\n',
    stderr: 'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type volume.Volume\n',
    exit: 1,
  },
  {
    docker: 'volume inspect',
    stderr:
      "docker: 'docker volume inspect' requires at least 1 argument\n\nUsage:  docker volume inspect [OPTIONS] VOLUME [VOLUME...]\n\nSee 'docker volume inspect --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
