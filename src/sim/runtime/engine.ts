/** containerd: keeps tasks and snapshots. The process of that name must run for containers to be made. */
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import { mkdirAll, sigaction, waitOn } from '../kernel/syscalls.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import type { RuntimeSpec } from '../oci/runtimeSpec.ts';
import type { Containerd, Snapshot, Task, TaskOptions } from './containerd.ts';
import { RuntimeError } from './containerd.ts';
import { type OnWritten, Snapshots } from './snapshots.ts';
import { ContainerTask } from './task.ts';

export interface ContainerdEngine extends Containerd {
  /** The program `containerd`. */
  main(argv: readonly string[]): Sim<number>;
}

export function createContainerd(kernel: Kernel, onWritten?: OnWritten): ContainerdEngine {
  const tasks = new Map<string, ContainerTask>();
  const snapshots = new Snapshots(kernel, onWritten);
  let daemons = 0;
  return {
    *createTask(id: string, spec: RuntimeSpec, options: TaskOptions): Sim<Task> {
      if (daemons === 0)
        throw new RuntimeError(
          'connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory": unavailable',
        );
      const root = yield* snapshots.get(id, options);
      const task = yield* ContainerTask.create(
        { kernel, id, spec, snapshots, directory: options.directory, onDelete: () => tasks.delete(id) },
        root,
        options.stdin,
      );
      tasks.set(id, task);
      return task;
    },
    task: (id) => tasks.get(id),
    *snapshot(id, options): Sim<Snapshot> {
      return yield* snapshots.get(id, options);
    },
    writableBytes: (id) => snapshots.bytes(id),
    removeSnapshot: (id, directory) => snapshots.remove(id, directory),
    *main() {
      const stopping = new WaitQueue();
      let stopped = false;
      yield* sigaction('SIGTERM', function* () {
        stopped = true;
        stopping.wake();
      });
      yield* mkdirAll('/run/containerd', 0o711);
      daemons++;
      try {
        while (!stopped) yield* waitOn(stopping);
      } finally {
        daemons--;
      }
      return 0;
    },
  };
}
