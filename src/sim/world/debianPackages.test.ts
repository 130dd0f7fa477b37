/** Packages in Debian's and Ubuntu's images: each release has its own. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let shell: TestShell;
beforeAll(async () => {
  shell = await worldShell();
  await shell.run('for image in debian debian:12 ubuntu; do docker pull -q $image; done');
}, 60_000);

const inside = async (image: string, script: string) => {
  const { stdout, stderr } = await shell.run(`docker run --rm ${image} sh -c '${script}'`);
  return stdout + stderr;
};

test('an image knows what it has installed', async () => {
  expect(
    await inside('debian', 'apt --version; apt list --installed 2>/dev/null | head -2; apt list --installed 2>/dev/null | wc -l'),
  ).toBe('apt 3.0.4 (amd64)\nListing...\napt/now 3.0.4 amd64 [installed,local]\n79\n');
  expect(await inside('debian:12', 'apt --version; dpkg -S /bin/ls; dpkg-query -W hostname')).toBe(
    'apt 2.6.1 (amd64)\ncoreutils: /bin/ls\nhostname\t3.23+nmu1\n',
  );
  expect(await inside('ubuntu', 'apt --version; dpkg -l bash | tail -1')).toBe(
    'apt 3.2.0 (amd64)\nii  bash 5.3-2ubuntu1 amd64        GNU Bourne Again SHell\n',
  );
});

test('/bin is a link since Debian 13, and its packages say /usr/bin', async () => {
  expect(await inside('debian', 'dpkg -S /usr/bin/ls; dpkg -S /bin/ls; dpkg -L hostname')).toBe(
    'coreutils: /usr/bin/ls\n/.\n/usr\n/usr/bin\n/usr/bin/hostname\n/usr/share\n/usr/share/doc\n/usr/share/doc/hostname\ndpkg-query: no path found matching pattern /bin/ls\n',
  );
});

test('apt installs the versions of its own release, and names what comes along in order', async () => {
  const lines = (await inside('ubuntu', 'apt-get update -qq; apt-get install -y curl 2>/dev/null; apt-cache policy curl')).split('\n');
  expect(lines.slice(3, 7)).toEqual([
    'The following additional packages will be installed:',
    '  ca-certificates libcurl4t64 openssl',
    'The following NEW packages will be installed:',
    '  ca-certificates curl libcurl4t64 openssl',
  ]);
  expect(lines.slice(-7)).toEqual([
    '  Installed: 8.18.0-1ubuntu2.3',
    '  Candidate: 8.18.0-1ubuntu2.3',
    '  Version table:',
    ' *** 8.18.0-1ubuntu2.3 500',
    '        500 http://archive.ubuntu.com/ubuntu resolute/main amd64 Packages',
    '        100 /var/lib/dpkg/status',
    '',
  ]);
});

test('locale tells what the environment chooses', async () => {
  const { stdout } = await shell.run('docker run --rm -e LANG=C.UTF-8 -e LC_TIME=C debian locale | head -5');
  expect(stdout).toBe('LANG=C.UTF-8\nLANGUAGE=\nLC_CTYPE="C.UTF-8"\nLC_NUMERIC="C.UTF-8"\nLC_TIME=C\n');
});
