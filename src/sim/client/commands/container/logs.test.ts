import { expect, test } from 'vitest';
import { type ClientCase, frames, play, text } from '../../testing/play.ts';

const WEB = { Id: '88', Config: { Tty: false } };

test.for<ClientCase>([
  {
    docker: 'logs web',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      [
        'GET /containers/88/logs?stderr=1&stdout=1&tail=all',
        200,
        frames(['stdout', 'hello\\n'], ['stderr', 'oops\\n'], ['stdout', 'bye\\n']),
      ],
    ],
    stdout: 'hello\\nbye\\n',
    stderr: 'oops\\n',
  },
  {
    docker: 'logs -ft --details -n 5 web',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      [
        'GET /containers/88/logs?details=1&follow=1&stderr=1&stdout=1&tail=5&timestamps=1',
        200,
        frames(['stdout', '2026-01-02T03:04:05.000000006Z a=b hello\\n']),
      ],
    ],
    stdout: '2026-01-02T03:04:05.000000006Z a=b hello\\n',
  },
  {
    docker: 'container logs --tail=all --since 2026-01-02T03:04:05Z --until=1767323046 web',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['GET /containers/88/logs?since=1767323045.000000000&stderr=1&stdout=1&tail=all&until=1767323046', 200],
    ],
  },
  {
    docker: 'logs --since 2026-01-02 web',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['GET /containers/88/logs?since=1767312000.000000000&stderr=1&stdout=1&tail=all', 200],
    ],
  },
  // Without frames if the container has a terminal.
  {
    docker: 'logs tty',
    engine: [
      ['GET /containers/tty/json', 200, { Id: '77', Config: { Tty: true } }],
      ['GET /containers/77/logs?stderr=1&stdout=1&tail=all', 200, text('raw\\r\\n')],
    ],
    stdout: 'raw\\r\\n',
  },
  {
    docker: 'logs web',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['GET /containers/88/logs?stderr=1&stdout=1&tail=all', 501, 'configured logging driver does not support reading'],
    ],
    stderr: 'Error response from daemon: configured logging driver does not support reading\n',
    exit: 1,
  },
  {
    docker: 'logs --tail x web',
    engine: [
      ['GET /containers/web/json', 200, WEB],
      ['GET /containers/88/logs?stderr=1&stdout=1&tail=x', 200],
    ],
  },
  {
    docker: 'logs --since yesterday web',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: 'invalid value for "since": failed to parse value as time or duration: "yesterday"\n',
    exit: 1,
  },
  {
    docker: 'logs --until 1.5.5 web',
    engine: [['GET /containers/web/json', 200, WEB]],
    stderr: 'invalid value for "until": failed to parse value as time or duration: "1.5.5"\n',
    exit: 1,
  },
  {
    docker: 'logs nosuch',
    engine: [['GET /containers/nosuch/json', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'logs web db',
    stderr:
      "docker: 'docker logs' requires 1 argument\n\nUsage:  docker logs [OPTIONS] CONTAINER\n\nRun 'docker logs --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
