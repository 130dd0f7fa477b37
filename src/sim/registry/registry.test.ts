/** The registry as curl sees it: push by hand, list, pull, refuse. */
import { expect, test } from 'vitest';
import type { Sim } from '../kernel/sim.ts';
import { kill, sleep, spawn } from '../kernel/syscalls.ts';
import { networkedMachine } from '../net/testing.ts';
import { digestOf } from '../oci/digest.ts';
import { program as registry } from './program.ts';

const CONFIG =
  'version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n    rootdirectory: /data\nhttp:\n  addr: :5000\n';
const AUTH = 'auth:\n  htpasswd:\n    realm: local\n    path: /etc/htpasswd\n';

import { connectHttp } from '../net/http/client.ts';
import { Headers } from '../net/http/headers.ts';

function* ask(method: string, path: string, body = '', authorization = ''): Sim<{ status: number; headers: Headers; text: string }> {
  const connection = yield* connectHttp({ host: '127.0.0.1', port: 5000 });
  const headers = new Headers();
  if (authorization !== '') headers.set('Authorization', authorization);
  const answer = yield* connection.request({ method, path, headers, ...(body === '' ? {} : { body }) });
  const text = yield* answer.body.text();
  yield* connection.close();
  return { status: answer.status, headers: answer.headers, text };
}

/** Runs `talk` beside a registry and ends it. */
function beside(config: string, talk: () => Sim<void>): void {
  const net = networkedMachine({
    programs: [registry],
    files: {
      '/etc/config.yml': config,
      '/etc/htpasswd': 'student:$2y$05$3DsKuVhK.uExb4rUYH8fUeiJ9TjKUgoS8apxGQRqAsUJhb0Pjmjmi\n',
      '/data/': '',
    },
  });
  const result = net.machine.run(function* () {
    const pid = yield* spawn({ path: '/usr/bin/registry', argv: ['registry', 'serve', '/etc/config.yml'] });
    yield* sleep(1_000_000);
    yield* talk();
    yield* kill(pid, 'SIGTERM');
    return 0;
  });
  expect(result.exit).toBe(0);
}

test('a blob goes up in pieces, a manifest names it, and both come down', () => {
  beside(CONFIG, function* () {
    const begun = yield* ask('POST', '/v2/my/app/blobs/uploads/');
    expect(begun.status).toBe(202);
    const place = begun.headers.get('Location')?.replace('http://127.0.0.1:5000', '') ?? '';
    expect((yield* ask('PATCH', place, 'hel')).headers.get('Range')).toBe('0-2');
    expect((yield* ask('PUT', `${place}?digest=${digestOf('wrong')}`, 'lo')).status).toBe(400);
    const blob = digestOf('hello');
    expect((yield* ask('PUT', `${place}?digest=${blob}`)).status).toBe(201);
    expect((yield* ask('GET', `/v2/my/app/blobs/${blob}`)).text).toBe('hello');

    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { digest: blob },
      layers: [],
    });
    expect((yield* ask('PUT', '/v2/other/manifests/1', manifest)).text).toContain('MANIFEST_BLOB_UNKNOWN');
    expect((yield* ask('PUT', '/v2/my/app/manifests/1', manifest)).status).toBe(201);
    expect((yield* ask('GET', '/v2/my/app/manifests/1')).text).toBe(manifest);
    expect((yield* ask('GET', '/v2/_catalog')).text).toBe('{"repositories":["my/app"]}\n');
    expect((yield* ask('GET', '/v2/my/app/tags/list')).text).toBe('{"name":"my/app","tags":["1"]}\n');
    expect((yield* ask('POST', `/v2/other/blobs/uploads/?mount=${blob}&from=my/app`)).status).toBe(201);
  });
});

test('what is not there is said in the words of the specification', () => {
  beside(CONFIG, function* () {
    expect((yield* ask('GET', '/v2/no/tags/list')).text).toBe(
      '{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry","detail":{"name":"no"}}]}\n',
    );
    expect((yield* ask('GET', '/v2/no/manifests/9')).text).toBe(
      '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"9"}}]}\n',
    );
    expect((yield* ask('DELETE', `/v2/no/manifests/${digestOf('x')}`)).status).toBe(405);
  });
});

test('a password file lets in who is in it', () => {
  beside(CONFIG + AUTH, function* () {
    const refused = yield* ask('GET', '/v2/');
    expect([refused.status, refused.headers.get('WWW-Authenticate')]).toEqual([401, 'Basic realm="local"']);
    expect((yield* ask('GET', '/v2/', '', `Basic ${'c3R1ZGVudDpzZWNyZXQ='}`)).status).toBe(200);
    expect((yield* ask('GET', '/v2/', '', `Basic ${'c3R1ZGVudDp3cm9uZw=='}`)).status).toBe(401);
  });
});

test('starting without a configuration', () => {
  const net = networkedMachine({ programs: [registry] });
  expect(net.machine.run(['registry', 'serve', '/no.yml'])).toMatchObject({
    exit: 1,
    stderr: 'configuration error: open /no.yml: no such file or directory\nUsage:\n  registry serve <config> [flags]\n',
  });
});
