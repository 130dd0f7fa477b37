import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

/** What is 0, '' or null stays as it is. */
const AS_IT_IS = {
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: null,
  BlkioDeviceReadBps: null,
  BlkioDeviceWriteBps: null,
  BlkioDeviceReadIOps: null,
  BlkioDeviceWriteIOps: null,
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: null,
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: null,
  PidsLimit: null,
  Ulimits: null,
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
  RestartPolicy: { Name: '', MaximumRetryCount: 0 },
};

test.for<ClientCase>([
  {
    docker: 'update -m 128m web',
    engine: [['POST /containers/web/update', 200, { Warnings: null }, { ...AS_IT_IS, Memory: 134217728 }]],
    stdout: 'web\n',
  },
  {
    docker: 'container update --cpus=1.5 --pids-limit -1 --memory-swap=-1 --cpuset-cpus 0-1 web',
    engine: [
      [
        'POST /containers/web/update',
        200,
        { Warnings: null },
        { ...AS_IT_IS, NanoCpus: 1500000000, PidsLimit: -1, MemorySwap: -1, CpusetCpus: '0-1' },
      ],
    ],
    stdout: 'web\n',
  },
  {
    docker: 'update --restart on-failure:3 web db',
    engine: [
      [
        'POST /containers/web/update',
        200,
        { Warnings: ['Your kernel does not support swap limit capabilities.'] },
        { ...AS_IT_IS, RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
      ],
      ['POST /containers/db/update', 200, { Warnings: [] }, { ...AS_IT_IS, RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }],
    ],
    stdout: 'web\ndb\nYour kernel does not support swap limit capabilities.\n',
  },
  {
    docker: 'update --restart always web',
    engine: [
      [
        'POST /containers/web/update',
        409,
        'Restart policy cannot be updated because AutoRemove is enabled for the container',
        { ...AS_IT_IS, RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } },
      ],
    ],
    stderr: 'Error response from daemon: Restart policy cannot be updated because AutoRemove is enabled for the container\n',
    exit: 1,
  },
  {
    docker: 'update -m 5m nosuch',
    engine: [['POST /containers/nosuch/update', 404, 'No such container: nosuch', { ...AS_IT_IS, Memory: 5242880 }]],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'update --restart sometimes web',
    engine: [
      [
        'POST /containers/web/update',
        400,
        'invalid restart policy: unknown policy',
        { ...AS_IT_IS, RestartPolicy: { Name: 'sometimes', MaximumRetryCount: 0 } },
      ],
    ],
    stderr: 'Error response from daemon: invalid restart policy: unknown policy\n',
    exit: 1,
  },
  {
    docker: 'update --restart on-failure:x web',
    stderr: 'invalid restart policy format: maximum retry count must be an integer\n',
    exit: 1,
  },
  {
    docker: 'update -m lots web',
    stderr:
      'invalid argument "lots" for "-m, --memory" flag: invalid size: \'lots\'\n\nUsage:  docker update [OPTIONS] CONTAINER [CONTAINER...]\n\nRun \'docker update --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'update --cpus x web',
    stderr:
      'invalid argument "x" for "--cpus" flag: failed to parse x as a rational number\n\nUsage:  docker update [OPTIONS] CONTAINER [CONTAINER...]\n\nRun \'docker update --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'update --kernel-memory 1m web',
    engine: [['POST /containers/web/update', 200, { Warnings: null }, { ...AS_IT_IS, KernelMemory: 1048576 }]],
    stdout: 'web\n',
  },
  { docker: 'update web', stderr: 'you must provide one or more flags when using this command\n', exit: 1 },
  {
    docker: 'update',
    stderr:
      "docker: 'docker update' requires at least 1 argument\n\nUsage:  docker update [OPTIONS] CONTAINER [CONTAINER...]\n\nSee 'docker update --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
