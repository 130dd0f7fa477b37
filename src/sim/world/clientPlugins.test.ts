import { expect, it } from 'vitest';
import { worldShell } from './testing.ts';

it('finds the plugins on the disk, asks them what they are, and hands a command over', async () => {
  const { run } = await worldShell();
  expect((await run("docker --help | grep '[*]'")).stdout).toBe('  buildx*     Docker Buildx\n  compose*    Docker Compose\n');
  expect((await run("docker info -f '{{range .ClientInfo.Plugins}}{{.Name}}={{.Vendor}} {{end}}'")).stdout).toBe(
    'buildx=Docker Inc. compose=Docker Inc. \n',
  );
  expect(await run('docker compose up -d')).toEqual({ stdout: '', stderr: 'drydock: "docker compose" is not simulated yet\n', exit: 1 });
});

it('runs a plugin that a person has put there', async () => {
  const { run } = await worldShell();
  await run(`mkdir -p ~/.docker/cli-plugins; cat >~/.docker/cli-plugins/docker-hi <<'E'
#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then echo '{"SchemaVersion":"0.1.0","Vendor":"me","ShortDescription":"Says hi"}'
else echo "$@" from a plugin; fi
E
chmod +x ~/.docker/cli-plugins/docker-hi`);
  expect((await run('docker hi there; docker --help | grep hi[*]')).stdout).toBe('hi there from a plugin\n  hi*         Says hi\n');
});
