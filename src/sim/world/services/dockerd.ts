/** The one place that knows both the daemon and its API: makes the programs dockerd and containerd of a machine. */
import { clusterRouter, containerRouter, execRouter, serveApi, systemRouter } from '../../api/index.ts';
import { networkRouter } from '../../api/router/network/routes.ts';
import { volumeRouter } from '../../api/router/volume/routes.ts';
import { createDaemon, defaultConfig, type DaemonTables, type EventLog, RECORDED_ENGINE } from '../../daemon/index.ts';
import { notImplemented } from '../../daemon/errors.ts';
import { findImage } from '../../daemon/images/find.ts';
import { LayerStore } from '../../daemon/images/layerStore.ts';
import { createNetworks } from '../../daemon/networks/index.ts';
import { createVolumes } from '../../daemon/volumes/index.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { RecordStore } from '../../lib/records.ts';
import type { Rng } from '../../lib/rng.ts';
import { createContainerd } from '../../runtime/index.ts';
import type { DockerDaemons, DockerHostOptions } from './dockerHost.ts';

export function createDaemons({ machine, epochUs, engine, messages }: DockerHostOptions, records: RecordStore<DaemonTables>, events: EventLog, rng: Rng): DockerDaemons {
  const { kernel, name } = machine;
  const clock = { epochUs };
  const config = defaultConfig({ hostname: name, engineId: uuid(rng.hex(32)), cpus: kernel.cpus, memory: kernel.memoryBytes, ...(engine === 'recorded' ? RECORDED_ENGINE : {}) });
  const runtime = createContainerd(kernel);
  const layers = new LayerStore();
  const networks = createNetworks({ records, events, host: machine.stack, clock, root: config.root });
  const volumes = createVolumes({ records, events, clock, kernel, root: config.root }, function* (c) {
    return (yield* runtime.snapshot(c.id, { lowers: layers.lowers(c.layers), directory: `${config.root}/overlay2/${c.mountId}` })).merged;
  });
  const daemon = createDaemon({
    kernel, config, records, events, clock, runtime, networks, volumes,
    images: {
      find: (reference) => findImage(records, reference),
      *lowers(list) {
        return layers.lowers(list);
      },
      sizeOf: (list) => list.reduce((sum, layer) => sum + layer.size, 0),
    },
    system: {
      *images() {
        return { layersSize: 0, images: [] };
      },
      volumes: () => volumes.usage(),
      *auth() {
        throw notImplemented('drydock: logging in to a registry is not simulated yet');
      },
    },
  });
  const routers = [systemRouter(daemon.backend), containerRouter(daemon.backend), execRouter(daemon.backend), networkRouter(networks), volumeRouter(volumes), clusterRouter()];
  const { version, apiVersion, minApiVersion } = config;
  const serve = (listenFd: number, endpoint: string): Sim<never> =>
    serveApi(listenFd, routers, { machine: name, endpoint, version, apiVersion, minApiVersion, nextMessageId: messages.nextId }, (message) => messages.put(message));
  return {
    dockerd: { name: 'dockerd', memory: 90 << 20, main: (argv) => daemon.main(argv, serve) },
    containerd: { name: 'containerd', memory: 45 << 20, main: (argv) => runtime.main(argv) },
  };
}

function uuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
