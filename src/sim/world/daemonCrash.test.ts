/** What is left when dockerd is killed, and what the next one makes of it. */
import { beforeEach, expect, it } from 'vitest';
import { worldShell } from './testing.ts';

let run: (command: string) => Promise<string>;

beforeEach(async () => {
  const shell = await worldShell();
  run = async (command) => {
    const { stdout, stderr } = await shell.run(command);
    return stdout + stderr;
  };
  await run('docker pull -q alpine');
});

const KILL = 'kill -9 $(pidof dockerd)';

it('a start that was cut short anywhere leaves a container that can be started and removed', async () => {
  for (const ms of [20, 40, 70, 80]) {
    // systemd gives a service three starts in a minute.
    await run('sleep 61; docker create --name half -p 8080:80 alpine sleep 100');
    await run(`(docker start half &) >/dev/null 2>&1; sleep ${ms / 1000}; ${KILL}`);
    expect(await run('timeout 30 docker start half; docker ps -q | wc -l; pgrep -c sleep'), `after ${ms} ms`).toBe('half\n1\n1\n');
    expect(await run('timeout 30 docker rm -f half; pgrep -c sleep; pgrep -c docker-proxy'), `after ${ms} ms`).toBe('half\n0\n0\n');
  }
});

it('stops what the daemon before it left running, and says when and how it ended', async () => {
  await run('docker run -d --name old alpine sleep 1000; docker run -d --rm --name fleeting alpine sleep 1000');
  await run(`${KILL}; sleep 1`);
  expect(await run('pgrep -c sleep')).toBe('2\n');
  expect(await run("docker ps -a --format '{{.Names}}: {{.Status}}'; pgrep -c sleep")).toBe(
    'old: Exited (137) Less than a second ago\n0\n',
  );
  expect(await run('docker start old; pgrep -c sleep; docker rm -f old; pgrep -c sleep')).toBe('old\n1\nold\n0\n');
});

it('knows the end of a container that ended meanwhile', async () => {
  await run("docker run -d --name short alpine sh -c 'sleep 3; exit 7'");
  await run(`systemctl stop docker.socket; ${KILL}; sleep 10; systemctl start docker.socket`);
  expect(await run("docker ps -a --format '{{.Status}}'")).toMatch(/^Exited \(7\) \d+ seconds ago\n$/);
});

it('a container goes on talking while nobody listens, and is heard by the next daemon', async () => {
  await run(`docker run -d --name talker alpine sh -c 'trap "exit 0" TERM; for i in 1 2 3 4 5 6; do echo $i; sleep 1; done'`);
  await run(`sleep 1; systemctl stop docker.socket; ${KILL}; sleep 3; systemctl start docker.socket`);
  expect(await run("docker logs talker; docker ps -a --format '{{.State}}'")).toBe('1\n2\n3\n4\nexited\n');
});

it('starts again what its restart policy wants', async () => {
  for (const policy of ['no', 'on-failure', 'unless-stopped', 'always']) {
    await run(`docker run -d --name ${policy} --restart ${policy} alpine sleep 1000`);
  }
  await run('docker run -d --name halted --restart unless-stopped alpine sleep 1000; docker stop -t 0 halted');
  await run(KILL);
  expect(await run("docker ps --format '{{.Names}}'")).toBe('always\nunless-stopped\non-failure\n');
});

it('a daemon that cannot listen touches nothing', async () => {
  await run('docker run -d --name kept --restart always alpine sleep 1000');
  expect(await run('dockerd -H foo://')).toMatch(
    /^failed to start daemon, ensure docker is not running or delete \/run\/docker.pid: process with PID \d+ is still running\n$/,
  );
  await run('systemctl stop docker.socket docker');
  expect(await run('(dockerd -H foo://; echo $?; ls /run/docker.pid; pgrep -c sleep) 2>&1')).toBe(
    'failed to load listeners: invalid bind address (foo://): unsupported proto\n' +
      "1\nls: cannot access '/run/docker.pid': No such file or directory\n0\n",
  );
  expect(await run("systemctl start docker; docker ps --format '{{.Names}}'")).toBe('kept\n');
});
