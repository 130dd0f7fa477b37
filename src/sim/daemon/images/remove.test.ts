import { expect, it } from 'vitest';
import { EventLog } from '../events.ts';
import type { ContainerRecord, ImageRecord } from '../records.ts';
import { container, image, recordStore, testCause, testConfig } from '../testing.ts';
import type { ImageContext } from './context.ts';
import { LayerStore } from './layerStore.ts';
import { remove } from './remove.ts';

const ID = `sha256:${'b'.padEnd(64, '0')}`;
const LAYER = { diffId: 'sha256:d1', chainId: 'sha256:c1', size: 5, cacheId: 'x' };
const DIGEST = `sha256:${'e'.repeat(64)}`;
const busybox = (wishes: Partial<ImageRecord> = {}) =>
  image({ id: ID, digests: [`docker.io/library/busybox@${DIGEST}`], layers: [LAYER], ...wishes });

function rmi(images: readonly ImageRecord[], containers: readonly ContainerRecord[], name: string, force = false) {
  const events = new EventLog(() => 0);
  const d: ImageContext = {
    config: testConfig,
    records: recordStore({ images, containers }),
    events,
    clock: { epochUs: 0 },
    layers: new LayerStore(),
    nameserver: '192.168.56.1',
  };
  try {
    const step = remove(d, name, { force, prune: true }, testCause).next();
    if (!step.done) throw new Error('rmi waits for nothing');
    const items = step.value;
    return [...items.map((item) => Object.entries(item)[0].join(': ')), `left: ${d.records.size('images')}`];
  } catch (error) {
    return [(error as Error).message];
  }
}
const user = (status: 'running' | 'exited') => container({ id: 'a1'.padEnd(64, '0'), imageId: ID, layers: [LAYER], state: { status } });

it('takes the last name, the digest, the image and its layers away', () => {
  expect(rmi([busybox()], [], 'busybox')).toEqual([
    'Untagged: busybox:latest',
    `Untagged: busybox@${DIGEST}`,
    `Deleted: ${ID}`,
    'Deleted: sha256:c1',
    'left: 0',
  ]);
});

it('only untags an image that has other names', () => {
  const twoTags = busybox({ tags: ['docker.io/library/busybox:1.36', 'docker.io/library/busybox:latest'] });
  expect(rmi([twoTags], [], 'busybox:1.36')).toEqual(['Untagged: busybox:1.36', 'left: 1']);
  expect(rmi([twoTags], [user('exited')], 'busybox:1.36')).toEqual(['Untagged: busybox:1.36', 'left: 1']);
});

it('keeps a layer that another image stands on', () => {
  const other = image({ id: `sha256:${'f'.repeat(64)}`, tags: ['docker.io/library/other:latest'], layers: [LAYER] });
  expect(rmi([busybox({ digests: [] }), other], [], 'busybox')).toEqual(['Untagged: busybox:latest', `Deleted: ${ID}`, 'left: 1']);
});

it('refuses the last name of an image in use', () => {
  expect(rmi([busybox()], [user('exited')], 'busybox')).toEqual([
    'conflict: unable to remove repository reference "busybox" (must force) - container a10000000000 is using its referenced image b00000000000',
  ]);
});

it('with force leaves the image to a running container, and takes it from a stopped one', () => {
  expect(rmi([busybox()], [user('running')], 'busybox', true)).toEqual([
    'Untagged: busybox:latest',
    `Untagged: busybox@${DIGEST}`,
    'left: 1',
  ]);
  expect(rmi([busybox({ digests: [] })], [user('exited')], 'busybox', true)).toEqual([
    'Untagged: busybox:latest',
    `Deleted: ${ID}`,
    'left: 0',
  ]);
});

it('by id says why it cannot', () => {
  const named = busybox({ tags: ['docker.io/library/b2:latest', 'docker.io/library/busybox:latest'] });
  expect(rmi([named], [], 'b00000000000')).toEqual([
    'conflict: unable to delete b00000000000 (must be forced) - image is referenced in multiple repositories',
  ]);
  expect(rmi([named], [], 'b00000000000', true)).toEqual([
    'Untagged: b2:latest',
    'Untagged: busybox:latest',
    `Untagged: busybox@${DIGEST}`,
    `Deleted: ${ID}`,
    'Deleted: sha256:c1',
    'left: 0',
  ]);
  expect(rmi([busybox()], [user('running')], ID, true)).toEqual([
    'conflict: unable to delete b00000000000 (cannot be forced) - image is being used by running container a10000000000',
  ]);
  expect(rmi([busybox()], [user('exited')], ID)).toEqual([
    'conflict: unable to delete b00000000000 (must be forced) - image is being used by stopped container a10000000000',
  ]);
  const child = image({ id: `sha256:${'f'.repeat(64)}`, tags: [], parent: ID });
  expect(rmi([busybox(), child], [], ID, true)).toEqual([
    'conflict: unable to delete b00000000000 (cannot be forced) - image has dependent child images',
  ]);
});

it('does not know what is not there', () => {
  expect(rmi([], [], 'nosuch')).toEqual(['No such image: nosuch:latest']);
});
