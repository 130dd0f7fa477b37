import { describe, expect, it } from 'vitest';
import { LOG_FORMAT, parseInputLog } from './inputLog.ts';
import { World } from './world.ts';

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
    [{ header: { ...header, preset: 'swarm9' }, entries: [] }, 'There is no world "swarm9" in this Drydock.'],
    [
      { header: { ...header, unlogged: ['files', 'registry'] }, entries: [] },
      'The session cannot be replayed: its log does not hold files, registry.',
    ],
    [{ header: { ...header, unlogged: 'all' }, entries: [] }, 'The header of the saved session is damaged.'],
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

describe('a world says what its log does not hold', () => {
  it('which is nothing for one of the page: its header makes it again', () => {
    const { header } = World.create({ seed: 3, epochUs: 1_800_000_000_000_000 });
    expect(World.begin(parseInputLog(JSON.parse(JSON.stringify({ header, entries: [] }))).header).header).toEqual(header);
  });

  it('of what it was made with', () => {
    expect(World.create({ seed: 1, hostname: 'web', files: [] }).header.unlogged).toEqual(['hostname', 'files']);
    expect(World.create({ seed: 1 }).header.unlogged).toBeUndefined();
    expect(() => World.create({ seed: 1, preset: 'swarm9' })).toThrow('There is no world "swarm9" in this Drydock.');
  });

  it('of what a driver did to it, and is not replayed then', async () => {
    const world = World.create({ seed: 1 });
    world.openSession('node1', { cwd: '/', home: '/root' });
    await expect(World.replay(world.log)).rejects.toThrow(
      'The session cannot be replayed: its log does not hold the commands of a driver.',
    );
  });
});
