import { expect, test } from 'vitest';
import { type ClientCase, lines, play } from '../../testing/play.ts';

const START = {
  status: 'start',
  id: '88',
  from: 'nginx',
  Type: 'container',
  Action: 'start',
  Actor: { ID: '88', Attributes: { name: 'web', image: 'nginx' } },
  scope: 'local',
  time: 1577934245,
  timeNano: 1577934245000000000,
};
const CREATE = {
  Type: 'network',
  Action: 'create',
  Actor: { ID: '77', Attributes: {} },
  scope: 'local',
  time: 1577934245,
  timeNano: 1577934245600000000,
};

test.for<ClientCase>([
  {
    docker: 'events',
    engine: [['GET /events', 200, lines(START, CREATE)]],
    stdout: '2020-01-02T03:04:05.000000000Z container start 88 (image=nginx, name=web)\n2020-01-02T03:04:05.600000000Z network create 77\n',
  },
  {
    docker: 'system events --since 1577934245 --until=2020-01-02T03:04:06Z -f type=container -f event=start --filter=container=web',
    engine: [
      [
        'GET /events?filters={"container":{"web":true},"event":{"start":true},"type":{"container":true}}&since=1577934245&until=1577934246.000000000',
        200,
        lines(START),
      ],
    ],
    stdout: '2020-01-02T03:04:05.000000000Z container start 88 (image=nginx, name=web)\n',
  },
  {
    docker: "events --format '{{.Type}} {{.Action}} {{.Actor.ID}} {{.Actor.Attributes.name}} {{.Time}}'",
    engine: [['GET /events', 200, lines(START)]],
    stdout: 'container start 88 web 1577934245\n',
  },
  {
    docker: 'events --format json',
    engine: [['GET /events', 200, lines(START, CREATE)]],
    stdout:
      '{"status":"start","id":"88","from":"nginx","Type":"container","Action":"start","Actor":{"ID":"88","Attributes":{"image":"nginx","name":"web"}},"scope":"local","time":1577934245,"timeNano":1577934245000000000}\n{"Type":"network","Action":"create","Actor":{"ID":"77","Attributes":{}},"scope":"local","time":1577934245,"timeNano":1577934245600000000}\n',
  },
  {
    docker: "events --format '{{.Nope}}'",
    stderr: 'Error parsing format: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *events.Message\n',
    exit: 64,
  },
  { docker: "events --format '{{.Type'", stderr: 'Error parsing format: template: :1: unclosed action\n', exit: 64 },
  { docker: 'events --since yesterday', stderr: 'failed to parse value as time or duration: "yesterday"\n', exit: 1 },
  {
    docker: 'events -f nope=1',
    engine: [['GET /events?filters={"nope":{"1":true}}', 400, "invalid filter 'nope'"]],
    stderr: "Error response from daemon: invalid filter 'nope'\n",
    exit: 1,
  },
  {
    docker: 'events -f nope',
    stderr:
      'invalid argument "nope" for "-f, --filter" flag: bad format of filter (expected name=value)\n\nUsage:  docker events [OPTIONS]\n\nRun \'docker events --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'events x',
    stderr:
      "docker: 'docker events' accepts no arguments\n\nUsage:  docker events [OPTIONS]\n\nRun 'docker events --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
