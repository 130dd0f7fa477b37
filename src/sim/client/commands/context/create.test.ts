import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  {
    docker: 'context create remote --docker host=tcp://10.0.0.5:2375 --description far',
    stdout: 'remote\n',
    stderr: 'Successfully created context "remote"\n',
  },
  {
    docker: 'context create remote --docker nope=1',
    stderr: 'unable to create docker endpoint config: unrecognized config key: nope\n',
    exit: 1,
  },
  { docker: 'context create remote --docker host=ftp://x', stdout: 'remote\n', stderr: 'Successfully created context "remote"\n' },
  { docker: 'context create default', stderr: '"default" is a reserved context name\n', exit: 1 },
  {
    docker: 'context create -x a',
    stderr:
      "unknown shorthand flag: 'x' in -x\n\nUsage:  docker context create [OPTIONS] CONTEXT\n\nRun 'docker context create --help' for more information\n",
    exit: 125,
  },
  {
    docker: "context create 'a b'",
    stderr: 'context name "a b" is invalid, names are validated against regexp "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$"\n',
    exit: 1,
  },
  {
    docker: 'context create remote --from nosuch',
    stderr:
      'context "nosuch": context not found: open /root/.docker/contexts/meta/9e62f93eb7d2499903ac66232f187c56fc050eb74c765f90eb214360b21f0e96/meta.json: no such file or directory\n',
    exit: 1,
  },
  {
    docker: 'context create',
    stderr:
      "docker: 'docker context create' requires 1 argument\n\nUsage:  docker context create [OPTIONS] CONTEXT\n\nRun 'docker context create --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
