import { expect, test } from 'vitest';
import type { Cause } from './records.ts';
import { RecordStore } from './records.ts';

interface Pet {
  readonly id: string;
  readonly legs: number;
  readonly tags?: readonly string[];
}
type Tables = { readonly cats: Pet; readonly birds: Pet };
const cause: Cause = { kind: 'api', id: 1, text: 'POST /pets' };

function store(): RecordStore<Tables> {
  let time = 0;
  return new RecordStore<Tables>({ tables: ['cats', 'birds'], now: () => ++time });
}

test('a commit tells the cause and each change before and after', () => {
  const s = store();
  s.commit(cause, (tx) => tx.insert('cats', { id: 'tom', legs: 4 }));
  const commit = s.commit(cause, (tx) => {
    tx.update('cats', 'tom', { legs: 3 });
    tx.insert('birds', { id: 'tweety', legs: 2 });
  });
  expect(commit).toEqual({
    version: 2,
    time: 2,
    cause,
    changes: [
      { table: 'cats', id: 'tom', before: { id: 'tom', legs: 4 }, after: { id: 'tom', legs: 3 } },
      { table: 'birds', id: 'tweety', before: undefined, after: { id: 'tweety', legs: 2 } },
    ],
  });
});

test('a commit that throws changes nothing and tells nobody', () => {
  const s = store();
  let told = 0;
  s.subscribe(() => told++);
  expect(() =>
    s.commit(cause, (tx) => {
      tx.insert('cats', { id: 'tom', legs: 4 });
      tx.update('cats', 'nobody', { legs: 1 });
    }),
  ).toThrow('no such record: cats/nobody');
  expect([s.version, s.size('cats'), told]).toEqual([0, 0, 0]);
});

test('unchanged tables and rows keep their identity between snapshots', () => {
  const s = store();
  s.commit(cause, (tx) => {
    tx.insert('cats', { id: 'tom', legs: 4 });
    tx.insert('birds', { id: 'tweety', legs: 2 });
  });
  const first = s.snapshot();
  expect(s.snapshot()).toBe(first);
  s.commit(cause, (tx) => tx.insert('cats', { id: 'kit', legs: 4 }));
  const second = s.snapshot();
  expect(second.birds).toBe(first.birds);
  expect(second.cats.get('tom')).toBe(first.cats.get('tom'));
  expect([...first.cats.keys()]).toEqual(['tom']);
});

test('old snapshots come back from the history', () => {
  const s = store();
  s.commit(cause, (tx) => tx.insert('cats', { id: 'tom', legs: 4 }));
  s.commit(cause, (tx) => tx.update('cats', 'tom', { legs: 3 }));
  s.commit(cause, (tx) => tx.remove('cats', 'tom'));
  expect(s.snapshotAt(0)?.cats.size).toBe(0);
  expect(s.snapshotAt(1)?.cats.get('tom')).toEqual({ id: 'tom', legs: 4 });
  expect(s.snapshotAt(2)?.cats.get('tom')).toEqual({ id: 'tom', legs: 3 });
  expect(s.snapshotAt(4)).toBeUndefined();
});

test('records are frozen deeply and must be plain data', () => {
  const s = store();
  const tags = ['a'];
  s.commit(cause, (tx) => tx.insert('cats', { id: 'tom', legs: 4, tags }));
  expect(Object.isFrozen(tags)).toBe(true);
  const map = new Map() as unknown as readonly string[];
  expect(() => s.commit(cause, (tx) => tx.update('cats', 'tom', { tags: map }))).toThrow('a record holds an instance of a class');
});
