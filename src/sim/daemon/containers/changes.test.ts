import { expect, test } from 'vitest';
import { S_IFCHR, S_IFREG } from '../../kernel/abi.ts';
import { MemFs } from '../../kernel/vfs/memFs.ts';
import { overlayChanges } from './changes.ts';

const image = new MemFs({ device: 1 });
image.addFile('/etc', { directory: true, mtime: 5_000_000 });
image.addFile('/etc/passwd', { mtime: 5_000_000 });
image.addFile('/etc/group', { mtime: 5_000_000 });

function changesOf(build: (upper: MemFs) => void): readonly string[] {
  const upper = new MemFs({ device: 2 });
  build(upper);
  return overlayChanges(upper.root, [image.root]).map((change) => `${'CAD'[change.Kind]} ${change.Path}`);
}

test('what is new is added, what covers a file changes it', () => {
  expect(
    changesOf((upper) => {
      upper.addFile('/data/x', { mtime: 9_000_000 });
      upper.addFile('/etc', { directory: true, mtime: 9_000_000 });
      upper.addFile('/etc/passwd', { type: S_IFREG, mtime: 9_000_000 });
    }),
  ).toEqual(['A /data', 'A /data/x', 'C /etc', 'C /etc/passwd']);
});

test('a whiteout is a deletion', () => {
  expect(changesOf((upper) => upper.addFile('/etc/group', { type: S_IFCHR, mode: 0, rdev: 0, mtime: 9_000_000 }))).toContain(
    'D /etc/group',
  );
});

test('a directory that is only the way to a changed file is not listed', () => {
  expect(
    changesOf((upper) => {
      upper.addFile('/etc/passwd', { mtime: 9_000_000 });
      upper.root.lookup('etc')!.mtime = 5_000_000;
    }),
  ).toEqual(['C /etc/passwd']);
});
