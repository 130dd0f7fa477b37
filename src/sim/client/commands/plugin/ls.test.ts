import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const PLUGIN = { Id: '8888888888880000', Name: 'me/driver:latest', Enabled: true, Config: { Description: 'Stores things' } };

test.for<ClientCase>([
  {
    docker: 'plugin ls',
    engine: [['GET /plugins', 200, [PLUGIN]]],
    stdout: 'ID             NAME               DESCRIPTION     ENABLED\n888888888888   me/driver:latest   Stores things   true\n',
  },
  { docker: 'plugin list -q', engine: [['GET /plugins', 200, [PLUGIN]]], stdout: '888888888888\n' },
  {
    docker: "plugin ls --format '{{.Name}} {{.Enabled}} {{.Description}}'",
    engine: [['GET /plugins', 200, [PLUGIN]]],
    stdout: 'me/driver:latest true Stores things\n',
  },
  {
    docker: 'plugin ls -f enabled=true',
    engine: [['GET /plugins?filters={"enabled":{"true":true}}', 200, []]],
    stdout: 'ID        NAME      DESCRIPTION   ENABLED\n',
  },
  {
    docker: 'plugin ls x',
    stderr:
      "docker: 'docker plugin ls' accepts no arguments\n\nUsage:  docker plugin ls [OPTIONS]\n\nRun 'docker plugin ls --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
