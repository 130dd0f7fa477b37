import { describe, expect, it } from 'vitest';
import { LOG_FORMAT, parseInputLog } from './inputLog.ts';

const header = { format: LOG_FORMAT, seed: 7, preset: 'node1' };

describe('parseInputLog', () => {
  it('takes a log as it was saved', () => {
    const log = {
      header,
      entries: [
        { at: 0, kind: 'open', machine: 'node1', rows: 24, columns: 80 },
        { at: 1500, kind: 'keys', terminal: 0, data: 'docker ps\r' },
        {
          at: 1500,
          kind: 'http',
          machine: 'node1',
          request: { url: 'http://localhost:8080/', method: 'GET', headers: [['Accept', '*/*']], body: '' },
        },
      ],
    };
    expect(parseInputLog(JSON.parse(JSON.stringify(log)))).toEqual(log);
  });

  it.each([
    [null, 'The saved session has no header.'],
    [{ header: { ...header, format: 0 }, entries: [] }, `The saved session has format 0; this Drydock reads ${LOG_FORMAT}.`],
    [{ header: { ...header, seed: 'x' }, entries: [] }, 'The header of the saved session is damaged.'],
    [{ header }, 'The saved session has no entries.'],
    [{ header, entries: [{ at: 1, kind: 'keys', terminal: 0 }] }, 'Entry 0 of the saved session is damaged.'],
    [
      {
        header,
        entries: [
          { at: 5, kind: 'close', terminal: 0 },
          { at: 4, kind: 'close', terminal: 0 },
        ],
      },
      'Entry 1 of the saved session is damaged.',
    ],
    [{ header, entries: [{ at: 5, kind: 'resize', terminal: 0, rows: 0, columns: 80 }] }, 'Entry 0 of the saved session is damaged.'],
  ])('refuses %j', (log, message) => {
    expect(() => parseInputLog(log)).toThrow(message);
  });
});
