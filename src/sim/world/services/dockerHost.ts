import { EventLog } from '../../daemon/events.ts';
import { DAEMON_TABLES, type DaemonTables } from '../../daemon/records.ts';
import type { ProgramEntry } from '../../kernel/program.ts';
import { RecordStore } from '../../lib/records.ts';
import type { DockerDaemons, DockerHostOptions } from './dockerd.ts';

/** The Docker of a machine: its records at once, its programs when they first run. */
export interface DockerHost {
  readonly records: RecordStore<DaemonTables>;
  readonly events: EventLog;
  readonly version: { readonly version: string; readonly apiVersion: string };
  readonly programs: readonly ProgramEntry[];
}

export function createDockerHost(options: DockerHostOptions): DockerHost {
  const { scheduler } = options.machine.kernel;
  const records = new RecordStore<DaemonTables>({ tables: DAEMON_TABLES, now: () => scheduler.now });
  const events = new EventLog(() => scheduler.now);
  const rng = scheduler.rng.fork();
  let daemons: DockerDaemons | undefined;
  const load = async (): Promise<DockerDaemons> => {
    const { createDaemons } = await import('./dockerd.ts');
    daemons ??= createDaemons(options, records, events, rng);
    return daemons;
  };
  return {
    records,
    events,
    version: options.engine === 'recorded' ? { version: '28.5.2+dfsg4', apiVersion: '1.51' } : { version: '28.2.2', apiVersion: '1.50' },
    programs: (['dockerd', 'containerd'] as const).map((name) => ({ name, load: async () => (await load())[name] })),
  };
}
