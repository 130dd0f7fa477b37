import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

test.for<ClientCase>([
  { docker: "context inspect -f '{{.Name}} {{.Endpoints.docker.Host}}'", stdout: 'default unix:///var/run/docker.sock\n' },
  {
    docker: 'context inspect nosuch',
    stdout: '[]\n',
    stderr:
      'context "nosuch": context not found: open /root/.docker/contexts/meta/9e62f93eb7d2499903ac66232f187c56fc050eb74c765f90eb214360b21f0e96/meta.json: no such file or directory\n',
    exit: 1,
  },
  {
    docker: "context inspect -f '{{.Nope}}'",
    stdout: '\n',
    stderr:
      'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type context.contextWithTLSListing\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
