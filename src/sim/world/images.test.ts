/** Images on their ways: a local registry, the Hub, archives; and the client's contexts. As a student types it. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let shell: TestShell;
beforeAll(async () => {
  shell = await worldShell();
  await shell.run('docker pull -q busybox');
}, 60_000);

/** Both outputs, hexadecimal digests shortened to <ID>. */
const typed = async (command: string) => {
  const { stdout, stderr } = await shell.run(command);
  return (stdout + stderr).replace(/\b[0-9a-f]{64}\b/g, '<ID>').replace(/\b[0-9a-f]{12}\b/g, '<ID>');
};

test('a registry of one’s own: push, list, pull, and what is said when it has gone', async () => {
  await shell.run('docker run -d --name reg -p 5000:5000 registry:2; sleep 1; docker tag busybox localhost:5000/my/box:1');
  expect(await typed('docker push localhost:5000/my/box:1')).toBe(
    'The push refers to repository [localhost:5000/my/box]\n<ID>: Preparing\n<ID>: Pushed\n1: digest: sha256:<ID> size: 524\n',
  );
  expect(await typed('docker push localhost:5000/my/box:1 | sed -n 3p')).toBe('<ID>: Layer already exists\n');
  expect(await typed('docker tag busybox localhost:5000/other:1; docker push localhost:5000/other:1 | sed -n 3p')).toBe(
    '<ID>: Mounted from my/box\n',
  );
  expect(await typed('curl -s localhost:5000/v2/_catalog')).toBe('{"repositories":["my/box","other"]}\n');
  await shell.run('docker rmi localhost:5000/my/box:1');
  expect(await typed('docker pull localhost:5000/my/box:1 | tail -2')).toBe(
    'Status: Downloaded newer image for localhost:5000/my/box:1\nlocalhost:5000/my/box:1\n',
  );
  expect(await typed('docker pull localhost:5000/my/box:9')).toBe(
    'Error response from daemon: manifest for localhost:5000/my/box:9 not found: manifest unknown: manifest unknown\n',
  );
  expect(await typed('docker pull -q 192.168.56.10:5000/my/box:1')).toBe(
    'Error response from daemon: Get "https://192.168.56.10:5000/v2/": http: server gave HTTP response to HTTPS client\n',
  );
  expect(await typed('docker manifest inspect --insecure localhost:5000/my/box:1 | grep -c mediaType')).toBe('3\n');
  await shell.run('docker rm -f reg');
  expect(await typed('docker pull localhost:5000/my/box:1')).toBe(
    'Error response from daemon: Get "http://localhost:5000/v2/": dial tcp [::1]:5000: connect: connection refused\n',
  );
}, 60_000);

test('the Hub: no push without an account, one’s own repositories with it', async () => {
  expect(await typed('docker push busybox | tail -1')).toContain('denied: requested access to the resource is denied\n');
  expect(await typed('echo wrong | docker login -u student --password-stdin')).toBe(
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password\n',
  );
  expect(await typed('echo drydock | docker login -u student --password-stdin 2>/dev/null')).toBe('Login Succeeded\n');
  expect(await typed('docker tag busybox student/box; docker push -q student/box')).toBe('docker.io/student/box:latest\n');
  expect(await typed('docker logout; docker rmi -f student/box >/dev/null; docker pull -q student/box')).toBe(
    'Removing login credentials for https://index.docker.io/v1/\ndocker.io/student/box:latest\n',
  );
  expect(await typed('docker search --limit 1 --format "{{.Name}} {{.IsOfficial}}" nginx')).toBe('nginx [OK]\n');
}, 60_000);

test('an archive brings an image back under its id and its names', async () => {
  const before = await typed('docker images -q --no-trunc busybox');
  expect(
    await typed('docker save -o /tmp/box.tar busybox && docker rmi -f $(docker images -q busybox) >/dev/null; docker load -i /tmp/box.tar'),
  ).toBe('Loaded image: busybox:latest\n');
  expect(await typed('docker images -q --no-trunc busybox')).toBe(before);
  expect(await typed('tar -xOf /tmp/box.tar oci-layout')).toBe('{"imageLayoutVersion": "1.0.0"}');
  expect(await typed('docker save nosuch:1')).toBe('Error response from daemon: reference does not exist\n');
}, 60_000);

test('a tar becomes an image with the settings of its changes', async () => {
  await shell.run(`cd /tmp && mkdir -p root && echo hi > root/f && tar -C root -cf fs.tar .`);
  expect(await typed(`docker import -c 'CMD ["/x"]' -c 'ENV A=1 B="two words"' -m note /tmp/fs.tar flat:1`)).toBe('sha256:<ID>\n');
  expect(await typed(`docker inspect -f '{{json .Config.Cmd}} {{json .Config.Env}} {{.Comment}}' flat:1`)).toBe(
    '["/x"] ["A=1","B=two words"] note\n',
  );
  expect(await typed(`docker import -c 'RUN ls' /tmp/fs.tar`)).toBe('Error response from daemon: RUN is not a valid change command\n');
}, 60_000);

test('a container exported and imported makes an image as big as its own', async () => {
  await shell.run('docker create --name flatten busybox; docker export -o /tmp/flatten.tar flatten; docker rm flatten');
  expect(await typed(`docker import /tmp/flatten.tar flattened; docker images --format '{{.Repository}} {{.Size}}' flattened`)).toBe(
    'sha256:<ID>\nflattened 4.43MB\n',
  );
  expect(await typed('tar -tf /tmp/flatten.tar | head -2')).toBe('.dockerenv\nbin/\n');
}, 60_000);

test('contexts live in files, travel in archives and say where the daemon is', async () => {
  expect(await typed('docker context create far --description "a b" --docker host=tcp://127.0.0.1:2399')).toBe(
    'far\nSuccessfully created context "far"\n',
  );
  expect(await typed('cat ~/.docker/contexts/meta/*/meta.json')).toBe(
    '{"Name":"far","Metadata":{"Description":"a b"},"Endpoints":{"docker":{"Host":"tcp://127.0.0.1:2399","SkipTLSVerify":false}}}',
  );
  expect(await typed('docker context use far 2>/dev/null; docker ps; docker context rm far')).toBe(
    'far\nCannot connect to the Docker daemon at tcp://127.0.0.1:2399. Is the docker daemon running?\ncontext "far" is in use, set -f flag to force remove\n',
  );
  expect(
    await typed(
      'cd /tmp; docker context use default; docker context export far; docker context rm far; docker context import near far.dockercontext',
    ),
  ).toBe('default\nfar\nnear\nCurrent context is now "default"\nWritten file "far.dockercontext"\nSuccessfully imported context "near"\n');
  expect(await typed(`docker context inspect -f '{{.Metadata.Metadata.Description}} {{.Endpoints.docker.Host}}' near`)).toBe(
    'a b tcp://127.0.0.1:2399\n',
  );
}, 60_000);
