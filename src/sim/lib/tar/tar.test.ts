import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { readTar, writeTar } from './index.ts';

const long = `${'d/'.repeat(90)}${'n'.repeat(110)}`;
const members = [
  { name: 'bin', type: 'directory' as const, mode: 0o755, mtime: 1_700_000_000_000_000 },
  { name: 'bin/sh', mode: 0o755, data: encodeUtf8('hello\n'), uid: 7, gid: 8, mtime: 1_700_000_000_250_000 },
  { name: 'bin/ash', type: 'hardlink' as const, linkname: 'bin/sh' },
  { name: 'etc', type: 'symlink' as const, linkname: 'usr/etc', mode: 0o777 },
  { name: 'dev/null', type: 'character' as const, rdev: 0x103, mode: 0o666 },
  { name: 'ünïcode', data: encodeUtf8('x'.repeat(600)) },
  { name: long, data: encodeUtf8('deep') },
];

describe('tar', () => {
  it('reads what it writes', () => {
    const { entries, global } = readTar(writeTar(members, { global: { 'DRYDOCK.size': '123' } }));
    expect(global.get('DRYDOCK.size')).toBe('123');
    expect(entries.map((e) => [e.name, e.type, e.mode, e.uid, e.gid, e.mtime, e.linkname, e.rdev, decodeUtf8(e.data)])).toEqual([
      ['bin', 'directory', 0o755, 0, 0, 1_700_000_000_000_000, '', 0, ''],
      ['bin/sh', 'file', 0o755, 7, 8, 1_700_000_000_250_000, '', 0, 'hello\n'],
      ['bin/ash', 'hardlink', 0o644, 0, 0, 0, 'bin/sh', 0, ''],
      ['etc', 'symlink', 0o777, 0, 0, 0, 'usr/etc', 0, ''],
      ['dev/null', 'character', 0o666, 0, 0, 0, '', 0x103, ''],
      ['ünïcode', 'file', 0o644, 0, 0, 0, '', 0, 'x'.repeat(600)],
      [long, 'file', 0o644, 0, 0, 0, '', 0, 'deep'],
    ]);
  });

  it('writes what GNU tar lists', () => {
    const listing = execFileSync('tar', ['-tf', '-', '--quoting-style=literal'], { input: writeTar(members) }).toString();
    expect(listing).toBe(`bin/\nbin/sh\nbin/ash\netc\ndev/null\nünïcode\n${long}\n`);
  });

  it('refuses rubbish', () => {
    expect(() => readTar(encodeUtf8('x'.repeat(1024)))).toThrow('invalid tar header');
  });
});
