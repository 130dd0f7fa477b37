import { expect, test } from 'vitest';
import { type ClientCase, play } from '../../testing/play.ts';

const USAGE = {
  LayersSize: 200000000,
  Images: [
    { Id: 'sha256:8888888888880000', RepoTags: ['nginx:latest'], Created: 1577934245, Size: 192000000, SharedSize: 1000, Containers: 1 },
    { Id: 'sha256:7777777777770000', RepoTags: [], Created: 1577934245, Size: 8000000, SharedSize: 0, Containers: 0 },
  ],
  Containers: [
    {
      Id: '2222222222220000',
      Names: ['/web'],
      Image: 'nginx',
      ImageID: 'sha256:88',
      Ports: [],
      Labels: {},
      Command: 'nginx',
      Created: 1577934245,
      State: 'running',
      Status: 'Up 2 hours',
      SizeRw: 1095,
      Mounts: [],
    },
    {
      Id: '3333333333330000',
      Names: ['/old'],
      Image: 'nginx',
      ImageID: 'sha256:88',
      Ports: [],
      Labels: {},
      Command: 'ls',
      Created: 1577934245,
      State: 'exited',
      Status: 'Exited (0)',
      SizeRw: 5,
      Mounts: [{ Type: 'volume', Name: 'data' }],
    },
  ],
  Volumes: [
    { Name: 'data', Driver: 'local', UsageData: { Size: 4096, RefCount: 1 } },
    { Name: 'free', Driver: 'local', UsageData: { Size: 100, RefCount: 0 } },
  ],
  BuildCache: [
    {
      ID: 'c1c1c1c1c1c1c1c1',
      Type: 'regular',
      Description: 'RUN x',
      InUse: false,
      Shared: false,
      Size: 50000,
      CreatedAt: '2020-01-02T03:04:05Z',
      LastUsedAt: '2020-01-02T03:04:05Z',
      UsageCount: 2,
    },
  ],
};

test.for<ClientCase>([
  {
    docker: 'system df',
    engine: [['GET /system/df', 200, USAGE]],
    stdout:
      'TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE\nImages          2         1         200MB     8.001MB (4%)\nContainers      2         1         1.1kB     5B (0%)\nLocal Volumes   2         1         4.196kB   100B (2%)\nBuild Cache     1         0         50kB      50kB\n',
  },
  {
    docker: 'system df',
    engine: [['GET /system/df', 200, {}]],
    stdout:
      'TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE\nImages          0         0         0B        0B\nContainers      0         0         0B        0B\nLocal Volumes   0         0         0B        0B\nBuild Cache     0         0         0B        0B\n',
  },
  {
    docker: 'system df -v',
    engine: [['GET /system/df', 200, USAGE]],
    stdout:
      'Images space usage:\n\nREPOSITORY   TAG       IMAGE ID       CREATED       SIZE      SHARED SIZE   UNIQUE SIZE   CONTAINERS\nnginx        latest    888888888888   6 years ago   192MB     1kB           192MB         1\n<none>       <none>    777777777777   6 years ago   8MB       0B            8MB           0\n\nContainers space usage:\n\nCONTAINER ID   IMAGE     COMMAND   LOCAL VOLUMES   SIZE      CREATED       STATUS       NAMES\n222222222222   nginx     "nginx"   0               1.09kB    6 years ago   Up 2 hours   web\n333333333333   nginx     "ls"      0               5B        6 years ago   Exited (0)   old\n\nLocal Volumes space usage:\n\nVOLUME NAME   LINKS     SIZE\ndata          1         4.096kB\nfree          0         100B\n\nBuild cache usage: 50kB\n\nCACHE ID       CACHE TYPE   SIZE      CREATED       LAST USED     USAGE     SHARED\nc1c1c1c1c1c1   regular      50kB      6 years ago   6 years ago   2         false\n',
  },
  {
    docker: "system df --format '{{.Type}}: {{.TotalCount}} {{.Active}} {{.Size}} {{.Reclaimable}}'",
    engine: [['GET /system/df', 200, USAGE]],
    stdout:
      'Images: 2 1 200MB 8.001MB (4%)\nContainers: 2 1 1.1kB 5B (0%)\nLocal Volumes: 2 1 4.196kB 100B (2%)\nBuild Cache: 1 0 50kB 50kB\n',
  },
  {
    docker: 'system df --format json',
    engine: [['GET /system/df', 200, USAGE]],
    stdout:
      '{"Active":"1","Reclaimable":"8.001MB (4%)","Size":"200MB","TotalCount":"2","Type":"Images"}\n{"Active":"1","Reclaimable":"5B (0%)","Size":"1.1kB","TotalCount":"2","Type":"Containers"}\n{"Active":"1","Reclaimable":"100B (2%)","Size":"4.196kB","TotalCount":"2","Type":"Local Volumes"}\n{"Active":"0","Reclaimable":"50kB","Size":"50kB","TotalCount":"1","Type":"Build Cache"}\n',
  },
  {
    docker: "system df -v --format '{{range .Volumes}}{{.Name}} {{.Size}};{{end}}'",
    engine: [['GET /system/df', 200, USAGE]],
    stdout: 'data 4.096kB;free 100B;',
  },
  {
    docker: "system df --format '{{.Nope}}'",
    engine: [['GET /system/df', 200, USAGE]],
    stderr:
      'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.diskUsageImagesContext\n',
    exit: 1,
  },
  {
    docker: 'system df',
    engine: [['GET /system/df', 500, 'something broke']],
    stderr: 'Error response from daemon: something broke\n',
    exit: 1,
  },
  {
    docker: 'system df x',
    stderr:
      "docker: 'docker system df' accepts no arguments\n\nUsage:  docker system df [OPTIONS]\n\nRun 'docker system df --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
