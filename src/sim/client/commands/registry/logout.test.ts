import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'logout',
    files: {
      '.docker/config.json': '{"auths":{"https://index.docker.io/v1/":{"auth":"bWU6c2VjcmV0"},"localhost:5000":{"auth":"bWU6c2VjcmV0"}}}',
    },
    stdout: 'Removing login credentials for https://index.docker.io/v1/\n',
    leaves: { '.docker/config.json': '{\n\t"auths": {\n\t\t"localhost:5000": {\n\t\t\t"auth": "bWU6c2VjcmV0"\n\t\t}\n\t}\n}' },
  },
  {
    docker: 'logout localhost:5000',
    files: { '.docker/config.json': '{"auths":{"localhost:5000":{"auth":"bWU6c2VjcmV0"}},"psFormat":"x"}' },
    stdout: 'Removing login credentials for localhost:5000\n',
    leaves: { '.docker/config.json': '{\n\t"auths": {},\n\t"psFormat": "x"\n}' },
  },
  { docker: 'logout localhost:5000', stdout: 'Removing login credentials for localhost:5000\n' },
  {
    docker: 'logout a b',
    stderr:
      "docker: 'docker logout' requires at most 1 argument\n\nUsage:  docker logout [SERVER]\n\nSRun 'docker logout --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
