/** The one place that knows both the daemon and its API: makes the programs dockerd and containerd of a machine. */
import { clusterRouter, containerRouter, execRouter, notSimulatedRouter, pluginRouter, serveApi, systemRouter } from '../../api/index.ts';
import type { ImageBackend } from '../../api/router/image/backend.ts';
import { imageRouter } from '../../api/router/image/routes.ts';
import { networkRouter } from '../../api/router/network/routes.ts';
import { volumeRouter } from '../../api/router/volume/routes.ts';
import { commitImage } from '../../daemon/images/commit.ts';
import type { ImageContext } from '../../daemon/images/context.ts';
import { distributionInspect } from '../../daemon/images/distribution.ts';
import { findImage } from '../../daemon/images/find.ts';
import { history } from '../../daemon/images/history.ts';
import { importImage } from '../../daemon/images/import.ts';
import { inspect } from '../../daemon/images/inspect.ts';
import { LayerStore } from '../../daemon/images/layerStore.ts';
import { layersSize, list, usage } from '../../daemon/images/list.ts';
import { load } from '../../daemon/images/load.ts';
import { login } from '../../daemon/images/login.ts';
import { prune } from '../../daemon/images/prune.ts';
import { pull } from '../../daemon/images/pull.ts';
import { push } from '../../daemon/images/push.ts';
import { registerImage } from '../../daemon/images/record.ts';
import { setReference } from '../../daemon/images/references.ts';
import { remove } from '../../daemon/images/remove.ts';
import { save } from '../../daemon/images/save.ts';
import { search } from '../../daemon/images/search.ts';
import { transferSlots } from '../../daemon/images/slots.ts';
import { tag, tagImage } from '../../daemon/images/tag.ts';
import { createDaemon, type Daemon, type DaemonTables, defaultConfig, type EventLog, RECORDED_ENGINE } from '../../daemon/index.ts';
import { createNetworks } from '../../daemon/networks/index.ts';
import { createVolumes } from '../../daemon/volumes/index.ts';
import { caller } from '../../kernel/calls/context.ts';
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { MemFs } from '../../kernel/vfs/memFs.ts';
import type { Cause, RecordStore } from '../../lib/records.ts';
import type { Rng } from '../../lib/rng.ts';
import { buildImage } from '../../registry/hub/build.ts';
import { fromDefinitions, type ImageDefinition } from '../../registry/hub/definitions.ts';
import { CatalogueStore } from '../../registry/hub/store.ts';
import { createContainerd, type OnWritten } from '../../runtime/index.ts';
import type { Machine } from '../machine.ts';
import type { MessageLog } from '../messages.ts';
import type { RegistrySource } from './registrySource.ts';

export interface DockerHostOptions {
  readonly machine: Machine;
  readonly epochUs: number;
  /** 'recorded': the engine of the recordings, for comparing. */
  readonly engine: 'product' | 'recorded';
  readonly messages: MessageLog;
  readonly registry: RegistrySource | undefined;
  readonly onWritten: OnWritten;
}

/** The daemons of a machine, once their code is there. */
export interface DockerDaemons {
  readonly dockerd: Program;
  readonly containerd: Program;
}

/** Of the wire that all machines are on. */
const NAMESERVER = '192.168.56.1';

export function createDaemons(
  { machine, epochUs, engine, messages, registry: present, onWritten }: DockerHostOptions,
  records: RecordStore<DaemonTables>,
  events: EventLog,
  rng: Rng,
): DockerDaemons {
  const { kernel, name } = machine;
  const clock = { epochUs };
  const config = defaultConfig({
    hostname: name,
    engineId: uuid(rng.hex(32)),
    cpus: kernel.cpus,
    memory: kernel.memoryBytes,
    ...(engine === 'recorded' ? RECORDED_ENGINE : {}),
  });
  const runtime = createContainerd(kernel, onWritten);
  const layers = new LayerStore();
  const disk = kernel.find('/')?.inode.fs;
  if (disk instanceof MemFs) disk.heldElsewhere = () => layersSize(records);
  const images = {
    config,
    records,
    events,
    clock,
    layers,
    nameserver: NAMESERVER,
    origins: new Map<string, Set<string>>(),
    ...transferSlots(),
  };
  const networks = createNetworks({ records, events, host: machine.stack, clock, root: config.root });
  const volumes = createVolumes({ records, events, clock, kernel, root: config.root }, function* (c) {
    return (yield* runtime.snapshot(c.id, { lowers: layers.lowers(c.layers), directory: `${config.root}/overlay2/${c.mountId}` })).merged;
  });
  const daemon = createDaemon({
    kernel,
    config,
    records,
    events,
    clock,
    runtime,
    networks,
    volumes,
    images: {
      find: (reference) => findImage(records, reference),
      *lowers(list) {
        return layers.lowers(list);
      },
      sizeOf: (list) => list.reduce((sum, layer) => sum + layer.size, 0),
      unseen: (list) => layers.unseen(list),
      *commit(request, target, cause) {
        const image = yield* commitImage(images, request, cause);
        if (target) yield* tagImage(images, image, target, cause);
        return image.id;
      },
    },
    system: {
      images: () => usage(images),
      volumes: () => volumes.usage(),
      auth: (request) => login(images, request),
    },
  });
  const imageBackend: ImageBackend = {
    imageList: (options) => list(images, options),
    *imageInspect(reference) {
      return inspect(images, reference);
    },
    *imageHistory(reference) {
      return history(images, reference);
    },
    imageTag: (reference, repository, tagName, cause) => tag(images, reference, repository, tagName, cause),
    imageRemove: (reference, options, cause) => remove(images, reference, options, cause),
    imagesPrune: (filters, cause) => prune(images, filters, cause),
    imagePull: (request, progress, cause) => pull(images, request, progress, cause),
    imagePush: (request, progress, cause) => push(images, request, progress, cause),
    imageSave: (names, platform, cause) => save(images, names, platform, cause),
    imageLoad: (data, quiet, progress, cause) => load(images, data, quiet, progress, cause),
    imageImport: (data, options, progress, cause) => importImage(images, data, options, progress, cause),
    distributionInspect: (name, auth) => distributionInspect(images, name, auth),
    imageSearch: (term, limit, filters) => search(images, term, limit, filters),
  };
  const routers = [
    imageRouter(imageBackend),
    systemRouter(daemon.backend),
    containerRouter(daemon.backend),
    execRouter(daemon.backend),
    networkRouter(networks),
    volumeRouter(volumes),
    clusterRouter(),
    pluginRouter(),
    notSimulatedRouter(),
  ];
  const { version, apiVersion, minApiVersion } = config;
  const serve = function* (listenFd: number, endpoint: string): Sim<never> {
    const dockerd = yield* caller();
    const onFault = (error: unknown): void => kernel.onCrash?.(dockerd, error);
    const info = { machine: name, endpoint, version, apiVersion, minApiVersion, nextMessageId: messages.nextId, onFault };
    return yield* serveApi(listenFd, routers, info, (message) => messages.put(message));
  };
  return {
    dockerd: { name: 'dockerd', memory: 90 << 20, main: (argv) => start(images, present, daemon, argv, serve) },
    containerd: { name: 'containerd', memory: 45 << 20, main: (argv) => runtime.main(argv) },
  };
}

const BOOT: Cause = { kind: 'boot', id: 0, text: 'images that were there before' };

/** Puts the images there that the world begins with, then runs the daemon. */
function* start(
  d: ImageContext,
  source: RegistrySource | undefined,
  daemon: Daemon,
  argv: readonly string[],
  serve: (fd: number, endpoint: string) => Sim<never>,
): Sim<number> {
  if (source && d.records.all('images').length === 0) {
    for (const image of fromDefinitions(source.present as readonly ImageDefinition[])) {
      const built = buildImage(image);
      for (const layer of built.layers) d.layers.add(layer.diffId, layer.tar);
      const { id } = yield* registerImage(d, built.rawConfig, BOOT);
      const store = new CatalogueStore([image], 'docker');
      for (const name of image.tags)
        setReference(d.records, { domain: 'docker.io', path: image.repository, tag: name, digest: undefined }, id, BOOT);
      setReference(
        d.records,
        { domain: 'docker.io', path: image.repository, tag: undefined, digest: store.manifest(image.repository, image.tags[0])!.digest },
        id,
        BOOT,
      );
    }
  }
  return yield* daemon.main(argv, serve);
}

function uuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
