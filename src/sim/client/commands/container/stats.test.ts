import { expect, test } from 'vitest';
import { type ClientCase, play, text } from '../../testing/play.ts';

const SAMPLE = {
  read: '2026-01-02T03:04:06Z',
  preread: '2026-01-02T03:04:05Z',
  id: '8888888888880000',
  name: '/web',
  cpu_stats: { cpu_usage: { total_usage: 300000000 }, system_cpu_usage: 4000000000, online_cpus: 2 },
  precpu_stats: { cpu_usage: { total_usage: 200000000 }, system_cpu_usage: 2000000000 },
  memory_stats: { usage: 10485760, limit: 104857600, stats: { inactive_file: 2097152 } },
  networks: { eth0: { rx_bytes: 1500, tx_bytes: 2048 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'read', value: 4096 },
      { op: 'write', value: 1 },
    ],
  },
  pids_stats: { current: 3 },
};

test.for<ClientCase>([
  {
    docker: 'stats --no-stream web',
    engine: [['GET /containers/web/stats?stream=0', 200, SAMPLE]],
    stdout:
      'CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O          BLOCK I/O    PIDS\n888888888888   web       10.00%    8MiB / 100MiB       8.00%     1.5kB / 2.05kB   4.1kB / 1B   3\n',
  },
  {
    docker: 'container stats --no-stream --no-trunc web',
    engine: [['GET /containers/web/stats?stream=0', 200, SAMPLE]],
    stdout:
      'CONTAINER ID       NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O          BLOCK I/O    PIDS\n8888888888880000   web       10.00%    8MiB / 100MiB       8.00%     1.5kB / 2.05kB   4.1kB / 1B   3\n',
  },
  {
    docker:
      "stats --no-stream --format '{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.MemPerc}} {{.NetIO}} {{.BlockIO}} {{.PIDs}} {{.Container}} {{.ID}}' web",
    engine: [['GET /containers/web/stats?stream=0', 200, SAMPLE]],
    stdout: 'web 10.00% 8MiB / 100MiB 8.00% 1.5kB / 2.05kB 4.1kB / 1B 3 web 888888888888\n',
  },
  {
    docker: 'stats --no-stream --format json web',
    engine: [['GET /containers/web/stats?stream=0', 200, SAMPLE]],
    stdout:
      '{"BlockIO":"4.1kB / 1B","CPUPerc":"10.00%","Container":"web","ID":"888888888888","MemPerc":"8.00%","MemUsage":"8MiB / 100MiB","Name":"web","NetIO":"1.5kB / 2.05kB","PIDs":"3"}\n',
  },
  {
    docker: 'stats --no-stream',
    engine: [
      ['GET /events?filters={"type":{"container":true}}', 200, text('')],
      ['GET /containers/json', 200, [{ Id: '8888888888880000' }]],
      ['GET /containers/888888888888/stats?stream=0', 200, SAMPLE],
    ],
    stdout:
      'CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O          BLOCK I/O    PIDS\n888888888888   web       10.00%    8MiB / 100MiB       8.00%     1.5kB / 2.05kB   4.1kB / 1B   3\n',
  },
  {
    docker: 'stats --no-stream -a',
    engine: [
      ['GET /events?filters={"type":{"container":true}}', 200, text('')],
      ['GET /containers/json?all=1', 200, []],
    ],
    stdout: 'CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O   BLOCK I/O   PIDS\n',
  },
  {
    docker: 'stats --no-stream nosuch',
    engine: [['GET /containers/nosuch/stats?stream=0', 404, 'No such container: nosuch']],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'stats --no-stream -a web',
    engine: [['GET /containers/web/stats?stream=0', 200, SAMPLE]],
    stdout:
      'CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O          BLOCK I/O    PIDS\n888888888888   web       10.00%    8MiB / 100MiB       8.00%     1.5kB / 2.05kB   4.1kB / 1B   3\n',
  },
  {
    docker: "stats --no-stream --format '{{.Nope}}' web",
    engine: [['GET /containers/web/stats?stream=0', 200, SAMPLE]],
    stderr: 'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *container.statsContext\n',
    exit: 1,
  },
  {
    docker: 'stats --no-stream',
    engine: [
      ['GET /events?filters={"type":{"container":true}}', 200, text('')],
      ['GET /containers/json', 500, 'something broke'],
    ],
    stderr: 'Error response from daemon: something broke\n',
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
