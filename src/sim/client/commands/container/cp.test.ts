import { expect, test } from 'vitest';
import { type ClientCase, pathStat, play } from '../../testing/play.ts';

/** What Go's os.ModeDir looks like on the wire. */
const directory = { name: 'etc', mode: 2147484141 };

test.for<ClientCase>([
  {
    docker: 'cp web web:/x',
    engine: [['HEAD /containers/web/archive?path=/x', 404]],
    stderr: 'lstat /root/web: no such file or directory\n',
    exit: 1,
  },
  { docker: 'cp a b', stderr: 'must specify at least one container source\n', exit: 1 },
  { docker: 'cp web:/x db:/y', stderr: 'copying between containers is not supported\n', exit: 1 },
  { docker: 'cp - -', stderr: 'must specify at least one container source\n', exit: 1 },
  { docker: "cp '' web:/x", stderr: 'source can not be empty\n', exit: 1 },
  {
    docker: 'cp nosuch web:/x',
    engine: [['HEAD /containers/web/archive?path=/x', 404]],
    stderr: 'lstat /root/nosuch: no such file or directory\n',
    exit: 1,
  },
  {
    docker: 'cp web:/etc/motd .',
    engine: [['GET /containers/web/archive?path=/etc/motd', 404, 'Could not find the file /etc/motd in container web']],
    stderr: 'Error response from daemon: Could not find the file /etc/motd in container web\n',
    exit: 1,
  },
  { docker: 'cp web:/etc/motd nosuch/motd', stderr: 'invalid output path: directory "/root/nosuch" does not exist\n', exit: 1 },
  {
    docker: 'cp web:/etc/motd -',
    engine: [['GET /containers/web/archive?path=/etc/motd', 200, pathStat({ name: 'motd', mode: 420 }, new TextEncoder().encode('tar'))]],
    stdout: 'tar',
  },
  {
    docker: 'cp note web:/srv',
    files: { note: 'hi\n' },
    engine: [
      ['HEAD /containers/web/archive?path=/srv', 200, pathStat(directory)],
      ['PUT /containers/web/archive?noOverwriteDirNonDir=true&path=/srv', 200, undefined, ['note']],
    ],
  },
  {
    docker: 'cp -aq note web:/srv/other',
    files: { note: 'hi\n' },
    engine: [
      ['HEAD /containers/web/archive?path=/srv/other', 404],
      ['PUT /containers/web/archive?copyUIDGID=true&noOverwriteDirNonDir=true&path=/srv', 200, undefined, ['other']],
    ],
  },
  {
    docker: 'container cp note web:/nosuch/',
    files: { note: 'hi\n' },
    engine: [['HEAD /containers/web/archive?path=/nosuch/', 404]],
    stderr: 'no such directory\n',
    exit: 1,
  },
  {
    docker: 'cp folder web:/srv',
    files: { 'folder/a': '1', 'folder/b': '2' },
    engine: [
      ['HEAD /containers/web/archive?path=/srv', 200, pathStat(directory)],
      ['PUT /containers/web/archive?noOverwriteDirNonDir=true&path=/srv', 200, undefined, ['folder', 'folder/a', 'folder/b']],
    ],
  },
  {
    docker: 'cp folder/. web:/srv',
    files: { 'folder/a': '1' },
    engine: [
      ['HEAD /containers/web/archive?path=/srv', 200, pathStat(directory)],
      ['PUT /containers/web/archive?noOverwriteDirNonDir=true&path=/srv', 200, undefined, ['.', './a']],
    ],
  },
  {
    docker: 'cp - web:/srv',
    stdin: 'tar',
    engine: [
      ['HEAD /containers/web/archive?path=/srv', 200, pathStat(directory)],
      ['PUT /containers/web/archive?noOverwriteDirNonDir=true&path=/srv', 200, undefined, 'tar'],
    ],
  },
  {
    docker: 'cp note web:/srv',
    files: { note: 'hi\n' },
    engine: [
      ['HEAD /containers/web/archive?path=/srv', 200, pathStat(directory)],
      ['PUT /containers/web/archive?noOverwriteDirNonDir=true&path=/srv', 403, 'container rootfs is marked read-only', ['note']],
    ],
    stderr: 'Error response from daemon: container rootfs is marked read-only\n',
    exit: 1,
  },
  {
    docker: 'cp note nosuch:/srv',
    files: { note: 'hi\n' },
    engine: [
      ['HEAD /containers/nosuch/archive?path=/srv', 404],
      ['PUT /containers/nosuch/archive?noOverwriteDirNonDir=true&path=/', 404, 'No such container: nosuch', ['srv']],
    ],
    stderr: 'Error response from daemon: No such container: nosuch\n',
    exit: 1,
  },
  {
    docker: 'cp web:/etc',
    stderr:
      "docker: 'docker cp' requires 2 arguments\n\nUsage:  docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH\n\nRun 'docker cp --help' for more information\n",
    exit: 1,
  },
])('docker $docker', async (row) => expect(await play(row)).toEqual(row));
