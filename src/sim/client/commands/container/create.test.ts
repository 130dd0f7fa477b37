import { expect, test } from 'vitest';
import { type ClientCase, lines, play } from '../../testing/play.ts';

/** A part of what is asked for; clientAnswers.test.ts has the whole. */
const sends = (config: object, host: object = {}) => expect.objectContaining({ ...config, HostConfig: expect.objectContaining(host) });

test.for<ClientCase>([
  {
    docker: 'create busybox',
    engine: [['POST /containers/create', 201, { Id: '88', Warnings: null }, sends({ Image: 'busybox', Cmd: null })]],
    stdout: '88\n',
  },
  {
    docker: 'container create --name=web busybox:1 sh -c "exit 3"',
    engine: [
      [
        'POST /containers/create?name=web',
        201,
        { Id: '88', Warnings: ['Careful'] },
        sends({ Image: 'busybox:1', Cmd: ['sh', '-c', 'exit 3'] }),
      ],
    ],
    stdout: '88\n',
    stderr: 'WARNING: Careful\n',
  },
  {
    docker: 'create -e A=1 -e=B --env-file vars busybox',
    env: { B: '2' },
    files: { vars: 'C=3\n' },
    engine: [['POST /containers/create', 201, { Id: '88' }, sends({ Env: ['C=3', 'A=1', 'B=2'] })]],
    stdout: '88\n',
  },
  {
    docker: 'create -l a --label=b=c --label-file labels busybox',
    files: { labels: 'd=e\n' },
    engine: [['POST /containers/create', 201, { Id: '88' }, sends({ Labels: { a: '', b: 'c', d: 'e' } })]],
    stdout: '88\n',
  },
  {
    docker: 'create -p 80 -p 127.0.0.1:8080:81 -p 9000-9001:90-91/udp busybox',
    engine: [
      [
        'POST /containers/create',
        201,
        { Id: '88' },
        sends(
          { ExposedPorts: { '80/tcp': {}, '81/tcp': {}, '90/udp': {}, '91/udp': {} } },
          {
            PortBindings: {
              '80/tcp': [{ HostIp: '', HostPort: '' }],
              '81/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }],
              '90/udp': [{ HostIp: '', HostPort: '9000' }],
              '91/udp': [{ HostIp: '', HostPort: '9001' }],
            },
          },
        ),
      ],
    ],
    stdout: '88\n',
  },
  {
    docker: 'create -v data:/data:ro -v /srv -v ./here:/h busybox',
    engine: [
      ['POST /containers/create', 201, { Id: '88' }, sends({ Volumes: { '/srv': {} } }, { Binds: ['data:/data:ro', '/root/here:/h'] })],
    ],
    stdout: '88\n',
  },
  {
    docker: 'create -itm64m --cpus=.5 --restart=on-failure:3 busybox',
    engine: [
      [
        'POST /containers/create',
        201,
        { Id: '88' },
        sends(
          { Tty: true, OpenStdin: true },
          { Memory: 67108864, NanoCpus: 500000000, RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
        ),
      ],
    ],
    stdout: '88\n',
  },
  {
    docker: 'create --network net --network-alias a --ip 10.1.0.5 busybox',
    engine: [['POST /containers/create', 201, { Id: '88' }, sends({}, { NetworkMode: 'net' })]],
    stdout: '88\n',
  },
  {
    docker: 'create --cidfile id busybox',
    engine: [['POST /containers/create', 201, { Id: '88' }, sends({}, { ContainerIDFile: 'id' })]],
    stdout: '88\n',
    leaves: { id: '88' },
  },
  {
    docker: 'create --cidfile id busybox',
    files: { id: '77' },
    stderr: "container ID file found, make sure the other container isn't running or delete id\n",
    exit: 1,
  },
  {
    docker: 'create --cidfile id busybox',
    engine: [['POST /containers/create', 500, 'something broke', sends({})]],
    stderr: 'Error response from daemon: something broke\n',
    exit: 1,
    leaves: { id: null },
  },
  // A missing image is pulled; the second try must do.
  {
    docker: 'create nosuch',
    engine: [
      ['POST /containers/create', 404, 'No such image: nosuch:latest', sends({})],
      [
        'POST /images/create?fromImage=docker.io/library/nosuch&tag=latest',
        200,
        lines({ status: 'Pulling from library/nosuch', id: 'latest' }),
      ],
      ['POST /containers/create', 201, { Id: '88' }, sends({})],
    ],
    stdout: '88\n',
    stderr: "Unable to find image 'nosuch:latest' locally\nlatest: Pulling from library/nosuch\n",
  },
  {
    docker: 'create -q nosuch',
    engine: [
      ['POST /containers/create', 404, 'No such image: nosuch:latest', sends({})],
      ['POST /images/create?fromImage=docker.io/library/nosuch&tag=latest', 404, 'pull access denied for nosuch'],
    ],
    stderr: 'Error response from daemon: pull access denied for nosuch\n',
    exit: 1,
  },
  {
    docker: 'create --pull never nosuch',
    engine: [['POST /containers/create', 404, 'No such image: nosuch:latest', sends({})]],
    stderr: 'Error response from daemon: No such image: nosuch:latest\n',
    exit: 1,
  },
  {
    docker: 'create --pull=always --platform linux/arm64 busybox',
    engine: [
      [
        'POST /images/create?fromImage=docker.io/library/busybox&platform=linux/arm64&tag=latest',
        200,
        lines({ status: 'Status: Image is up to date' }),
      ],
      ['POST /containers/create?platform=linux/arm64', 201, { Id: '88' }, sends({})],
    ],
    stdout: '88\n',
    stderr: 'Status: Image is up to date\n',
  },
  {
    docker: 'create --name web busybox',
    engine: [
      [
        'POST /containers/create?name=web',
        409,
        'Conflict. The container name "/web" is already in use by container "77". You have to remove (or rename) that container to be able to reuse that name.',
        sends({}),
      ],
    ],
    stderr:
      'Error response from daemon: Conflict. The container name "/web" is already in use by container "77". You have to remove (or rename) that container to be able to reuse that name.\n',
    exit: 1,
  },
  {
    docker: 'create --pull sometimes busybox',
    stderr:
      'docker: invalid pull option: \'sometimes\': must be one of "always", "missing" or "never"\n\nRun \'docker create --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'create -p 80:x busybox',
    stderr: "docker: invalid containerPort: x\n\nRun 'docker create --help' for more information\n",
    exit: 125,
  },
  {
    docker: 'create -p 70000:80 busybox',
    stderr: "docker: invalid hostPort: 70000\n\nRun 'docker create --help' for more information\n",
    exit: 125,
  },
  {
    docker: 'create -v a:/b:c:d busybox',
    engine: [['POST /containers/create', 400, 'invalid mode: c:d', sends({}, { Binds: ['a:/b:c:d'] })]],
    stderr: 'Error response from daemon: invalid mode: c:d\n',
    exit: 1,
  },
  {
    docker: 'create --mount type=bind busybox',
    stderr:
      'invalid argument "type=bind" for "--mount" flag: target is required\n\nUsage:  docker create [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun \'docker create --help\' for more information\n',
    exit: 125,
  },
  {
    docker: 'create --mac-address x busybox',
    stderr: "docker: x is not a valid mac address\n\nRun 'docker create --help' for more information\n",
    exit: 125,
  },
  {
    docker: 'create --restart=sometimes:x busybox',
    stderr:
      "docker: invalid restart policy format: maximum retry count must be an integer\n\nRun 'docker create --help' for more information\n",
    exit: 125,
  },
  {
    docker: 'create --memory-swappiness 101 busybox',
    stderr: "docker: invalid value: 101. Valid memory swappiness range is 0-100\n\nRun 'docker create --help' for more information\n",
    exit: 125,
  },
  {
    docker: 'create -m lots busybox',
    stderr:
      'invalid argument "lots" for "-m, --memory" flag: invalid size: \'lots\'\n\nUsage:  docker create [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun \'docker create --help\' for more information\n',
    exit: 125,
  },
  { docker: 'create BUSYBOX', stderr: 'invalid reference format: repository name (library/BUSYBOX) must be lowercase\n', exit: 1 },
  {
    docker: 'create --nope busybox',
    stderr:
      "unknown flag: --nope\n\nUsage:  docker create [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun 'docker create --help' for more information\n",
    exit: 125,
  },
  {
    docker: 'create',
    stderr:
      "docker: 'docker create' requires at least 1 argument\n\nUsage:  docker create [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nSee 'docker create --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
