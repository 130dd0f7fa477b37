import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { S_IFREG } from '../abi.ts';
import { MemFs } from './memFs.ts';
import { OverlayFs } from './overlayFs.ts';

const AS = { permissions: 0o644, uid: 0, gid: 0 };

/** An overlay over a lower tree that has one file, `/lower`. */
function overlay(): { readonly merged: OverlayFs; readonly upper: MemFs } {
  const lower = new MemFs({ device: 1 });
  lower.addFile('/lower', { data: new Uint8Array(10) });
  const upper = new MemFs({ device: 2 });
  return { merged: new OverlayFs({ device: 3, lowers: [lower.root], upper: upper.root }), upper };
}

/** Asks the engine to collect what nothing refers to. */
async function collect(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    gc();
  }
}

it('forgets a file that was removed or replaced', async () => {
  const { merged, upper } = overlay();
  const root = merged.root;
  const write = (name: string): WeakRef<object> => {
    const file = root.create(name, S_IFREG, AS, 0, 0);
    file.writeAt(0, new Uint8Array(1000), 0);
    return new WeakRef(file.real);
  };
  const removed = write('a');
  root.remove('a', 0);
  const replaced = write('b');
  write('c');
  root.rename('c', root, 'b', 0);
  const kept = write('d');
  await collect();
  expect([removed.deref(), replaced.deref(), kept.deref()]).toEqual([undefined, undefined, upper.root.lookup('d')]);
  expect(upper.used).toBe(2000);
});

it('shows hard links as one file, before and after its copy-up', () => {
  const { merged } = overlay();
  const { root } = merged;
  const file = root.lookup('lower')!;
  root.link('second', file, 0);
  expect(root.lookup('second')).toBe(file);
  root.lookup('second')!.writeAt(0, new Uint8Array([7]), 0);
  expect(root.lookup('lower')!.readAt(0, 1)).toEqual(new Uint8Array([7]));
});
