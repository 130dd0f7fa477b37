/** Progress as docker 28.2.2 wrote it on terminals of 120 and of 80 columns for the same messages. */
import { expect, test } from 'vitest';
import type { ProgressMessage } from '../../api/types/image.ts';
import { testMachine } from '../../kernel/testing.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { showProgress } from './jsonMessage.ts';

const MESSAGES: readonly ProgressMessage[] = [
  { status: 'Pulling from library/x', id: 'latest' },
  { status: 'Pulling fs layer', progressDetail: {}, id: 'aaa' },
  { status: 'Pulling fs layer', progressDetail: {}, id: 'bbb' },
  { status: 'Waiting', progressDetail: {}, id: 'bbb' },
  { status: 'Downloading', progressDetail: { current: 1_200_000, total: 29_130_000 }, id: 'aaa' },
  { status: 'Downloading', progressDetail: { current: 29_130_000, total: 29_130_000 }, id: 'aaa' },
  { status: 'Extracting', progressDetail: { current: 5, units: 's' }, id: 'aaa' },
  { status: 'Downloading', progressDetail: { current: 500 }, id: 'bbb' },
  { status: 'Downloading', progressDetail: { current: 900, total: 800 }, id: 'bbb' },
  { status: 'Pull complete', progressDetail: {}, id: 'aaa' },
  { status: 'Digest: sha256:1' },
  { status: 'Status: Downloaded' },
];

function shown(terminal: boolean, columns: number): string {
  let out = '';
  const chunks: (Uint8Array | null)[] = [...MESSAGES.map((m) => encodeUtf8(`${JSON.stringify(m)}\r\n`)), null];
  testMachine().run(function* () {
    yield* showProgress(
      {
        *read() {
          return chunks.shift() ?? null;
        },
      },
      {
        terminal,
        columns,
        *write(text) {
          out += text;
        },
      },
    );
    return 0;
  });
  return out;
}

/** A line of its own, redrawn `up` rows above. */
const redrawn = (up: number, text: string): string => `\x1b[${up}A\x1b[2K\r${text}\r\x1b[${up}B`;

test.for([
  [120, `[==>${' '.repeat(48)}] `, `[${'='.repeat(50)}>] `],
  [80, '', ''],
] as const)('on a terminal of %i columns', ([columns, begun, full]) => {
  expect(shown(true, columns)).toBe(
    [
      'latest: Pulling from library/x\n',
      `\n${redrawn(1, 'aaa: Pulling fs layer ')}`,
      `\n${redrawn(1, 'bbb: Pulling fs layer ')}`,
      redrawn(1, 'bbb: Waiting '),
      redrawn(2, `aaa: Downloading ${begun}   1.2MB/29.13MB`),
      redrawn(2, `aaa: Downloading ${full} 29.13MB/29.13MB`),
      redrawn(2, 'aaa: Extracting 5 s'),
      redrawn(1, 'bbb: Downloading     500B'),
      redrawn(1, `bbb: Downloading ${full}    900B`),
      redrawn(2, 'aaa: Pull complete '),
      'Digest: sha256:1\nStatus: Downloaded\n',
    ].join(''),
  );
});

test('elsewhere there are lines without numbers', () => {
  expect(shown(false, 0)).toBe(
    'latest: Pulling from library/x\naaa: Pulling fs layer\nbbb: Pulling fs layer\nbbb: Waiting\naaa: Pull complete\nDigest: sha256:1\nStatus: Downloaded\n',
  );
});
