import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'volume create', engine: [['POST /volumes/create', 201, { Name: 'd17f' }, { Driver: 'local' }]], stdout: 'd17f\n' },
  {
    docker: 'volume create data',
    engine: [['POST /volumes/create', 201, { Name: 'data' }, { Driver: 'local', Name: 'data' }]],
    stdout: 'data\n',
  },
  {
    docker: 'volume create -d nfs --opt type=nfs -o device=:/x --label a=b --label c data',
    engine: [
      [
        'POST /volumes/create',
        201,
        { Name: 'data' },
        { Driver: 'nfs', DriverOpts: { device: ':/x', type: 'nfs' }, Labels: { a: 'b', c: '' }, Name: 'data' },
      ],
    ],
    stdout: 'data\n',
  },
  {
    docker: 'volume create --name data',
    engine: [['POST /volumes/create', 201, { Name: 'data' }, { Driver: 'local', Name: 'data' }]],
    stdout: 'data\n',
  },
  {
    docker: 'volume create --name a b',
    stderr: 'conflicting options: cannot specify a volume-name through both --name and as a positional arg\n',
    exit: 1,
  },
  {
    docker: 'volume create data',
    engine: [['POST /volumes/create', 409, 'volume name "data" already in use', { Driver: 'local', Name: 'data' }]],
    stderr: 'Error response from daemon: volume name "data" already in use\n',
    exit: 1,
  },
  {
    docker: 'volume create -o x data',
    engine: [['POST /volumes/create', 201, { Name: 'data' }, { Driver: 'local', DriverOpts: { x: '' }, Name: 'data' }]],
    stdout: 'data\n',
  },
  {
    docker: 'volume create a b',
    stderr:
      "docker: 'docker volume create' requires at most 1 argument\n\nUsage:  docker volume create [OPTIONS] [VOLUME]\n\nSRun 'docker volume create --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
