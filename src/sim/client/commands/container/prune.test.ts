import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'container prune',
    stdin: 'y\n',
    engine: [['POST /containers/prune', 200, { ContainersDeleted: ['88', '22'], SpaceReclaimed: 1095 }]],
    stdout:
      'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] Deleted Containers:\n88\n22\n\nTotal reclaimed space: 1.095kB\n',
  },
  // Only y is a yes; to decline is no failure.
  {
    docker: 'container prune',
    stdin: 'n\n',
    stdout: 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'container prune',
    stdin: 'yes\n',
    stdout: 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'container prune',
    stdin: '',
    stdout: 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ',
  },
  {
    docker: 'container prune',
    stdin: ' Y \n',
    engine: [['POST /containers/prune', 200, { ContainersDeleted: null, SpaceReclaimed: 0 }]],
    stdout: 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] Total reclaimed space: 0B\n',
  },
  {
    docker: 'container prune -f --filter until=1h --filter label!=keep',
    engine: [
      [
        'POST /containers/prune?filters={"label!":{"keep":true},"until":{"1h":true}}',
        200,
        { ContainersDeleted: ['88'], SpaceReclaimed: 123456789 },
      ],
    ],
    stdout: 'Deleted Containers:\n88\n\nTotal reclaimed space: 123.5MB\n',
  },
  {
    docker: 'container prune -f',
    engine: [['POST /containers/prune', 409, 'a prune operation is already running']],
    stderr: 'Error response from daemon: a prune operation is already running\n',
    exit: 1,
  },
  {
    docker: 'container prune --filter until -f',
    stderr:
      'invalid argument "until" for "--filter" flag: bad format of filter (expected name=value)\n\nUsage:  docker container prune [OPTIONS]\n\nRun \'docker container prune --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'container prune x',
    stderr:
      "docker: 'docker container prune' accepts no arguments\n\nUsage:  docker container prune [OPTIONS]\n\nRun 'docker container prune --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
