import { describe, expect, it } from 'vitest';
import { familiarName, familiarString, parseReference, referenceString, withDefaultTag, withTag } from './reference.ts';

const full = (text: string) => referenceString(withDefaultTag(parseReference(text)));
const refusal = (text: string) => {
  try {
    return referenceString(parseReference(text));
  } catch (error) {
    return (error as Error).message;
  }
};
const digest = `sha256:${'a'.repeat(64)}`;

describe('references', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['team/app', 'docker.io/team/app:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx:latest'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/a/b:2', 'localhost:5000/a/b:2'],
    ['example.com/x', 'example.com/x:latest'],
    ['UP/x', 'UP/x:latest'],
    ['my_repo__x:1.0', 'docker.io/library/my_repo__x:1.0'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`nginx:1@${digest}`, `docker.io/library/nginx:1@${digest}`],
    ['[::1]:5000/x', '[::1]:5000/x:latest'],
  ])('%s means %s', (text, normalised) => {
    expect(full(text)).toBe(normalised);
  });

  it.each([
    ['Foo', 'invalid reference format: repository name (library/Foo) must be lowercase'],
    ['a/Foo:1', 'invalid reference format: repository name (a/Foo) must be lowercase'],
    ['nginx:', 'invalid reference format'],
    [':latest', 'invalid reference format'],
    ['nginx:bad:tag', 'invalid reference format'],
    ['http://nginx', 'invalid reference format'],
    ['/nginx', 'invalid reference format'],
    ['nginx/', 'invalid reference format'],
    ['a//b', 'invalid reference format'],
    ['ng inx', 'invalid reference format'],
    ['my___repo', 'invalid reference format'],
    ['nginx@sha256:1234', 'invalid reference format'],
    ['', 'invalid reference format'],
    [`nginx@sha256:${'a'.repeat(40)}`, 'invalid checksum digest length'],
    [`nginx@md5:${'a'.repeat(32)}`, 'unsupported digest algorithm'],
    ['a'.repeat(64), `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
  ])('%s is refused', (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it('shortens names as people write them', () => {
    expect(familiarString(parseReference('docker.io/library/nginx:1'))).toBe('nginx:1');
    expect(familiarName(parseReference('docker.io/team/app:1'))).toBe('team/app');
    expect(familiarName(parseReference('localhost:5000/app'))).toBe('localhost:5000/app');
  });

  it('takes another tag', () => {
    expect(familiarString(withTag(parseReference('nginx:1'), 'v2'))).toBe('nginx:v2');
    expect(() => withTag(parseReference('nginx'), 'a b')).toThrow('invalid tag format');
  });
});
