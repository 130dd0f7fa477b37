/** What official images hold and say, as a student meets it. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let shell: TestShell;
beforeAll(async () => {
  shell = await worldShell();
}, 60_000);

/** Both outputs of a command, without what a pull says. */
const typed = async (command: string, image = '') => {
  if (image !== '') await shell.run(`docker pull -q ${image}`);
  const { stdout, stderr } = await shell.run(command);
  return stdout + stderr;
};

test('ubuntu has a user of that name with a home since 23.04, and none before', async () => {
  expect(await typed('docker run --rm ubuntu id ubuntu', 'ubuntu')).toBe(
    'uid=1000(ubuntu) gid=1000(ubuntu) groups=1000(ubuntu),4(adm),20(dialout),24(cdrom),25(floppy),27(sudo),29(audio),30(dip),44(video),46(plugdev)\n',
  );
  expect(await typed(`docker run --rm ubuntu su - ubuntu -c 'pwd; ls -A'`)).toBe('/home/ubuntu\n.bash_logout\n.bashrc\n.profile\n');
  // bash asks /etc/passwd who it is, not $USER.
  expect(await typed('docker run --rm -i -u 1000 -h box ubuntu bash -i <<< true | cat')).toContain('ubuntu@box:/$ true\n');
  expect(await typed('docker run --rm ubuntu:22.04 id ubuntu', 'ubuntu:22.04')).toBe('id: ‘ubuntu’: no such user\n');
}, 60_000);

test('a question for the version needs no password', async () => {
  expect(await typed('docker run --rm postgres --version', 'postgres')).toMatch(/^postgres \(PostgreSQL\) 18\.\d+ \(Debian \S+\)\n$/);
  expect(await typed('docker run --rm mysql mysqld --version', 'mysql')).toMatch(
    /^\/usr\/sbin\/mysqld {2}Ver \S+ for Linux on x86_64 \(MySQL Community Server - GPL\)\n$/,
  );
}, 60_000);

test('nginx makes its directories for what is on its way, and says why it cannot', async () => {
  await shell.run('docker pull -q nginx; docker run -d --name web nginx; sleep 1');
  expect(await typed('docker diff web')).toBe(
    'C /etc/nginx/conf.d\nC /etc/nginx/conf.d/default.conf\nC /run\nA /run/nginx.pid\nC /var/cache/nginx\n' +
      ['client', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name) => `A /var/cache/nginx/${name}_temp\n`).join(''),
  );
  expect(await typed('docker exec web stat -c "%a %U" /var/cache/nginx/proxy_temp')).toBe('700 nginx\n');
  expect(await typed('docker run --rm --read-only nginx 2>&1 | tail -1')).toBe(
    'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)\n',
  );
}, 60_000);

test('redis draws its logo for a terminal only', async () => {
  await shell.run('docker pull -q redis; docker run -d --name cache redis; sleep 1');
  expect(await typed('docker logs cache | cut -d" " -f6-')).toBe(
    [
      '* oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo',
      '* Redis version=8.10.1, bits=64, commit=00000000, modified=0, pid=1, just started',
      '# Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
      '* monotonic clock: POSIX clock_gettime',
      '* Running mode=standalone, port=6379.',
      '* Server initialized',
      '* Ready to accept connections tcp',
      '',
    ].join('\n'),
  );
}, 60_000);

test('shells say in their own words that there may be no further process', async () => {
  const many = `'for i in 1 2 3 4 5 6; do sleep 60 & done; echo never'`;
  expect(await typed(`docker run --rm --pids-limit 5 alpine sh -c ${many}; echo $?`, 'alpine')).toBe(
    "2\nsh: can't fork: Resource temporarily unavailable\n",
  );
  expect(await typed(`docker run --rm --pids-limit 5 ubuntu sh -c ${many}; echo $?`)).toBe('2\nsh: 0: Cannot fork\n');
  expect(await typed(`docker run --rm --pids-limit 5 ubuntu bash -c ${many}; echo $?`)).toBe(
    `254\n${'bash: fork: retry: Resource temporarily unavailable\n'.repeat(4)}bash: fork: Resource temporarily unavailable\n`,
  );
}, 60_000);

test('programs are of the version that the image’s packages are', async () => {
  expect(await typed('docker run --rm ubuntu bash --version | head -1')).toBe('GNU bash, version 5.3.0(1)-release (x86_64-pc-linux-gnu)\n');
  expect(await typed("docker run --rm ubuntu:22.04 bash -c 'echo $BASH_VERSION'")).toBe('5.1.16(1)-release\n');
  expect(await typed('docker run --rm nginx curl --version | head -1 | cut -d" " -f1-2')).toBe('curl 8.14.1\n');
  expect(await typed('docker run --rm alpine vi --version 2>&1 | head -1')).toBe('vi: unrecognized option: version\n');
}, 60_000);
