import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: 'context show', stdout: 'default\n' },
  { docker: 'context show', env: { DOCKER_CONTEXT: 'nosuch' }, stdout: 'nosuch\n' },
  {
    docker: 'context show x',
    stderr:
      "docker: 'docker context show' accepts no arguments\n\nUsage:  docker context show\n\nRun 'docker context show --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
