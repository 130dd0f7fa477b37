/** dockerode, the client that Node programs use, against `serve`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDate } from './options.ts';
import { type RunningEngine, startEngine } from './serve.ts';

let directory: string;
let engine: RunningEngine;
let docker: Docker;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  const socketPath = path.join(directory, 'd.sock');
  engine = await startEngine({ hosts: [`unix://${socketPath}`], seed: 3, epochUs: parseDate('now') });
  docker = new Docker({ socketPath });
  await pull('busybox:latest');
});

afterAll(() => {
  engine.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Progress {
  readonly status?: string;
  readonly id?: string;
}

async function pull(name: string): Promise<readonly Progress[]> {
  const stream = await docker.pull(name);
  return new Promise((resolve, reject) =>
    docker.modem.followProgress(stream, (error: Error | null, output: readonly Progress[]) => (error ? reject(error) : resolve(output))),
  );
}

/** What a stream without a terminal says on both its channels. */
async function demuxed(stream: NodeJS.ReadableStream): Promise<{ stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  docker.modem.demuxStream(stream, stdout, stderr);
  stream.on('end', () => {
    stdout.end();
    stderr.end();
  });
  const [out, err] = await Promise.all([text(stdout), text(stderr)]);
  return { stdout: out, stderr: err };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

/** The first `count` JSON lines of a stream that goes on. */
async function lines<T>(stream: NodeJS.ReadableStream, count: number): Promise<T[]> {
  const found: T[] = [];
  let rest = '';
  for await (const part of stream) {
    rest += String(part);
    const complete = rest.split('\n');
    rest = complete.pop()!;
    found.push(...complete.filter((line) => line !== '').map((line) => JSON.parse(line) as T));
    if (found.length >= count) break;
  }
  return found.slice(0, count);
}

test('ping, version, info', async () => {
  expect(String(await docker.ping())).toBe('OK');
  expect(await docker.version()).toMatchObject({
    Version: '28.2.2',
    ApiVersion: '1.50',
    MinAPIVersion: '1.24',
    Os: 'linux',
    Arch: 'amd64',
  });
  expect(await docker.info()).toMatchObject({ Driver: 'overlay2', Images: 1, Swarm: { LocalNodeState: 'inactive' } });
});

describe('images', () => {
  test('a pull is followed line by line', async () => {
    const progress = await pull('hello-world:latest');
    expect(progress[0]).toEqual({ status: 'Pulling from library/hello-world', id: 'latest' });
    expect(progress.at(-1)).toEqual({ status: 'Status: Downloaded newer image for hello-world:latest' });
    expect(progress.map((line) => line.status)).toContain('Pull complete');
  });

  test('an image that is nowhere', async () => {
    await expect(pull('nosuchimage:1')).rejects.toMatchObject({
      statusCode: 404,
      message: expect.stringContaining(
        "pull access denied for nosuchimage, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      ),
    });
  });

  test('list, inspect, history, tag, remove', async () => {
    expect((await docker.listImages({ filters: { reference: ['busybox'] } })).map((image) => image.RepoTags)).toEqual([['busybox:latest']]);
    const image = docker.getImage('busybox');
    expect(await image.inspect()).toMatchObject({ RepoTags: ['busybox:latest'], Os: 'linux', Config: { Cmd: ['sh'] } });
    expect((await image.history())[0]).toMatchObject({ Tags: ['busybox:latest'] });
    await image.tag({ repo: 'mine/box', tag: '1' });
    expect(await docker.getImage('mine/box:1').remove()).toEqual([{ Untagged: 'mine/box:1' }]);
  });
});

describe('containers', () => {
  test('create, attach, start, wait, logs, inspect, remove', async () => {
    const container = await docker.createContainer({
      Image: 'busybox',
      Cmd: ['sh', '-c', 'echo out; echo err >&2; exit 3'],
      name: 'once',
      Labels: { tier: 'test' },
    });
    const attached = await container.attach({ stream: true, stdout: true, stderr: true });
    const said = demuxed(attached);
    const ended = container.wait({ condition: 'next-exit' });
    await container.start();
    expect(await ended).toEqual({ StatusCode: 3 });
    expect(await said).toEqual({ stdout: 'out\n', stderr: 'err\n' });
    const logs = (await container.logs({ stdout: true, stderr: true })) as Buffer;
    expect([...logs.subarray(0, 8)]).toEqual([1, 0, 0, 0, 0, 0, 0, 4]);
    expect(await container.inspect()).toMatchObject({ Name: '/once', State: { Status: 'exited', ExitCode: 3 } });
    expect((await docker.listContainers({ all: true, filters: { label: ['tier=test'] } })).map((c) => c.Names)).toEqual([['/once']]);
    expect(await docker.listContainers({ filters: { label: ['tier=test'] } })).toEqual([]);
    await container.remove();
    await expect(container.inspect()).rejects.toMatchObject({ statusCode: 404 });
  });

  test('run feeds a stream and tells the exit status', async () => {
    const out = new PassThrough();
    const [status] = (await docker.run('busybox', ['echo', 'from run'], out, { name: 'ran', Tty: true })) as [{ StatusCode: number }];
    out.end();
    expect([status.StatusCode, await text(out)]).toEqual([0, 'from run\r\n']);
    await docker.getContainer('ran').remove();
  });

  test('standard input is hijacked, and its end goes in', async () => {
    const container = await docker.createContainer({ Image: 'busybox', Cmd: ['cat'], OpenStdin: true, StdinOnce: true, AttachStdin: true });
    const stream = await container.attach({ stream: true, stdin: true, stdout: true, hijack: true });
    const said = demuxed(stream);
    await container.start();
    stream.write('one\n');
    stream.end('two\n');
    expect(await said).toEqual({ stdout: 'one\ntwo\n', stderr: '' });
    await container.remove({ force: true });
  });

  test('stop, start, restart, pause, rename, update, top, kill', async () => {
    const container = await docker.createContainer({ Image: 'busybox', Cmd: ['sleep', '300'], name: 'long' });
    await container.start();
    await expect(container.start()).rejects.toMatchObject({ statusCode: 304 });
    await container.pause();
    await expect(container.pause()).rejects.toMatchObject({ statusCode: 409 });
    await container.unpause();
    await container.rename({ name: 'longer' });
    await container.update({ Memory: 64 << 20, MemorySwap: 128 << 20 });
    expect((await container.inspect()).HostConfig.Memory).toBe(64 << 20);
    const top = await container.top({ ps_args: '-o pid,comm' });
    expect([top.Titles, top.Processes.map((row: string[]) => row[1])]).toEqual([['PID', 'COMMAND'], ['sleep']]);
    await container.stop({ t: 0 });
    await container.restart({ t: 0 });
    await container.kill({ signal: 'KILL' });
    expect(await container.wait()).toEqual({ StatusCode: 137 });
    await container.remove();
  });

  test('exec with and without a terminal', async () => {
    const container = await docker.createContainer({ Image: 'busybox', Cmd: ['sleep', '300'] });
    await container.start();
    const plain = await container.exec({ Cmd: ['sh', '-c', 'echo o; echo e >&2; exit 4'], AttachStdout: true, AttachStderr: true });
    expect(await demuxed(await plain.start({}))).toEqual({ stdout: 'o\n', stderr: 'e\n' });
    expect(await plain.inspect()).toMatchObject({ Running: false, ExitCode: 4 });
    const tty = await container.exec({ Cmd: ['stty', 'size'], AttachStdout: true, Tty: true, ConsoleSize: [20, 60] });
    expect(await text(await tty.start({ Tty: true }))).toBe('20 60\r\n');
    const typed = await container.exec({ Cmd: ['cat'], AttachStdin: true, AttachStdout: true });
    const stream = await typed.start({ hijack: true, stdin: true });
    stream.end('typed\n');
    expect(await demuxed(stream)).toEqual({ stdout: 'typed\n', stderr: '' });
    await container.remove({ force: true });
  });

  test('logs are followed until the container ends', async () => {
    const container = await docker.createContainer({ Image: 'busybox', Cmd: ['sh', '-c', 'echo one; sleep 1; echo two'] });
    await container.start();
    expect(await demuxed(await container.logs({ follow: true, stdout: true, stderr: true }))).toEqual({ stdout: 'one\ntwo\n', stderr: '' });
    await container.remove();
  });

  test('stats come once a second, or once', async () => {
    const container = await docker.createContainer({ Image: 'busybox', Cmd: ['sleep', '300'], HostConfig: { Memory: 64 << 20 } });
    await container.start();
    const [first, second] = await lines<Docker.ContainerStats>(await container.stats({ stream: true }), 2);
    expect(first.memory_stats?.limit).toBe(64 << 20);
    expect(first.precpu_stats?.cpu_usage.total_usage).toBe(0);
    expect(Date.parse(second.read) - Date.parse(first.read)).toBeGreaterThanOrEqual(900);
    expect(second.preread).toBe(first.read);
    expect((await container.stats({ stream: false })).pids_stats?.current).toBe(1);
    await container.remove({ force: true });
  });

  test('files go in and out as tar', async () => {
    const container = await docker.createContainer({ Image: 'busybox', Cmd: ['cat', '/tmp/note'] });
    const archive = await container.getArchive({ path: '/etc/passwd' });
    const tar = Buffer.from(await bytes(archive));
    expect(tar.subarray(0, 6).toString()).toBe('passwd');
    expect(tar.subarray(257, 262).toString()).toBe('ustar');
    await container.putArchive(tarOf('note', 'hello from outside\n'), { path: '/tmp' });
    await container.start();
    await container.wait();
    expect(String(await container.logs({ stdout: true })).slice(8)).toBe('hello from outside\n');
    await expect(container.getArchive({ path: '/nosuch' })).rejects.toMatchObject({ statusCode: 404 });
    await container.remove();
  });
});

async function bytes(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** A tar archive with one small file. */
function tarOf(name: string, content: string): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write('0000644\0', 100);
  head.write('0000000\0', 108);
  head.write('0000000\0', 116);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('00000000000\0', 136);
  head.write('        ', 148);
  head.write('0', 156);
  head.write('ustar\x0000', 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([head, body, Buffer.alloc(1024)]);
}

test('networks', async () => {
  const network = await docker.createNetwork({ Name: 'backend', Labels: { a: 'b' } });
  const container = await docker.createContainer({ Image: 'busybox', Cmd: ['sleep', '300'], name: 'member' });
  await container.start();
  await network.connect({ Container: 'member', EndpointConfig: { Aliases: ['db'] } });
  const members = Object.values((await network.inspect()).Containers as Record<string, { Name: string }>);
  expect(members.map((member) => member.Name)).toEqual(['member']);
  await expect(network.remove()).rejects.toMatchObject({ statusCode: 403 });
  await network.disconnect({ Container: 'member' });
  expect((await docker.listNetworks({ filters: { label: ['a=b'] } })).map((n) => n.Name)).toEqual(['backend']);
  await network.remove();
  await container.remove({ force: true });
});

test('volumes', async () => {
  const volume = await docker.createVolume({ Name: 'data', Labels: { k: 'v' } });
  expect(await docker.getVolume('data').inspect()).toMatchObject({ Name: 'data', Driver: 'local', Scope: 'local', Labels: { k: 'v' } });
  expect((await docker.listVolumes()).Volumes.map((v) => v.Name)).toEqual([volume.name]);
  await docker.getVolume('data').remove();
  await expect(docker.getVolume('data').inspect()).rejects.toMatchObject({ statusCode: 404 });
});

test('events are told as they happen, and again from the past', async () => {
  // By the engine's clock: on a busy host it is not the host's.
  const engineTime = async () => Date.parse(((await docker.info()) as { SystemTime: string }).SystemTime) / 1000;
  const since = Math.floor(await engineTime()) - 1;
  const stream = await docker.getEvents({ filters: { type: ['container'], container: ['seen'] } });
  const container = await docker.createContainer({ Image: 'busybox', Cmd: ['true'], name: 'seen' });
  await container.start();
  await container.wait();
  const live = await lines<{ Action: string }>(stream, 3);
  expect(live.map((event) => event.Action)).toEqual(['create', 'start', 'die']);
  await container.remove();
  const until = Math.ceil(await engineTime()) + 1;
  const past = await text(await docker.getEvents({ since, until, filters: { container: ['seen'] } }));
  expect(
    past
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { Action: string }).Action)
      .filter((action) => ['create', 'start', 'die', 'destroy'].includes(action)),
  ).toEqual(['create', 'start', 'die', 'destroy']);
});

test('prune and disk usage', async () => {
  const container = await docker.createContainer({ Image: 'busybox' });
  expect((await docker.pruneContainers()).ContainersDeleted).toEqual([container.id]);
  expect(await docker.df()).toMatchObject({ Containers: [], Volumes: [], BuildCache: [] });
});
