import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'login -u me -p secret',
    engine: [
      [
        'POST /auth',
        200,
        { Status: 'Login Succeeded', IdentityToken: '' },
        { username: 'me', password: 'secret', serveraddress: 'https://index.docker.io/v1/' },
      ],
    ],
    stdout: 'Login Succeeded\n',
    stderr:
      "WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n\nWARNING! Your credentials are stored unencrypted in '/root/.docker/config.json'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n",
    leaves: { '.docker/config.json': '{\n\t"auths": {\n\t\t"https://index.docker.io/v1/": {\n\t\t\t"auth": "bWU6c2VjcmV0"\n\t\t}\n\t}\n}' },
  },
  {
    docker: 'login -u me --password-stdin localhost:5000',
    stdin: 'secret\n',
    engine: [
      [
        'POST /auth',
        200,
        { Status: 'Login Succeeded', IdentityToken: '' },
        { username: 'me', password: 'secret', serveraddress: 'localhost:5000' },
      ],
    ],
    stdout: 'Login Succeeded\n',
    stderr:
      "\nWARNING! Your credentials are stored unencrypted in '/root/.docker/config.json'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n",
    leaves: { '.docker/config.json': '{\n\t"auths": {\n\t\t"localhost:5000": {\n\t\t\t"auth": "bWU6c2VjcmV0"\n\t\t}\n\t}\n}' },
  },
  {
    docker: 'login -u me -p wrong localhost:5000',
    engine: [
      [
        'POST /auth',
        401,
        'Get "http://localhost:5000/v2/": unauthorized: authentication required',
        { username: 'me', password: 'wrong', serveraddress: 'localhost:5000' },
      ],
    ],
    stderr:
      'WARNING! Using --password via the CLI is insecure. Use --password-stdin.\nError response from daemon: Get "http://localhost:5000/v2/": unauthorized: authentication required\n',
    exit: 1,
    leaves: { '.docker/config.json': null },
  },
  { docker: 'login --password-stdin', stderr: 'the --password-stdin option requires --username to be set\n', exit: 1 },
  {
    docker: 'login -u me -p x --password-stdin',
    stderr: 'conflicting options: cannot specify both --password and --password-stdin\n',
    exit: 1,
  },
  {
    docker: 'login -u me --password-stdin',
    stdin: '',
    stderr: 'Error: Cannot perform an interactive login from a non TTY device\n',
    exit: 1,
  },
  { docker: 'login -u me', stderr: 'Error: Cannot perform an interactive login from a non TTY device\n', exit: 1 },
  {
    docker: 'login a b',
    stderr:
      "docker: 'docker login' requires at most 1 argument\n\nUsage:  docker login [OPTIONS] [SERVER]\n\nSRun 'docker login --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
