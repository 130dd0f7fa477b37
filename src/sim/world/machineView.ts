/** Turns a daemon's records and the kernel's processes into what readers see. Unchanged records keep their view. */
import type { ContainerRecord, DaemonTables, ImageRecord, NetworkRecord, TransferRecord, VolumeRecord } from '../daemon/records.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { Process } from '../kernel/process/process.ts';
import type { Snapshot } from '../lib/records.ts';
import type {
  ContainerView,
  ImageView,
  LayerView,
  MachineView,
  NetworkView,
  PortView,
  ProcessView,
  TransferView,
  VolumeView,
} from './view.ts';

/** Makes a table of views anew only when the table of records is a new one. */
function tableView<R extends { readonly id: string }, V>(
  make: (record: R) => V,
): (records: ReadonlyMap<string, R>) => ReadonlyMap<string, V> {
  const views = new WeakMap<R, V>();
  let last: ReadonlyMap<string, R> | undefined;
  let shown: ReadonlyMap<string, V> = new Map();
  return (records) => {
    if (records === last) return shown;
    last = records;
    shown = new Map(
      [...records].map(([id, record]) => {
        let view = views.get(record);
        if (!view) {
          view = make(record);
          views.set(record, view);
        }
        return [id, view] as const;
      }),
    );
    return shown;
  };
}

export class MachineViewer {
  readonly #name: string;
  readonly #address: string;
  readonly #kernel: Kernel;
  readonly #version: { readonly version: string; readonly apiVersion: string };
  readonly #images = tableView(imageView);
  readonly #networks = tableView(networkView);
  readonly #volumes = tableView(volumeView);
  readonly #transfers = tableView(transferView);
  #containers: ReadonlyMap<string, ContainerView> = new Map();
  readonly #containerViews = new Map<string, { readonly record: ContainerRecord; readonly view: ContainerView }>();
  #lastContainers: ReadonlyMap<string, ContainerRecord> | undefined;
  #processesMoved = true;
  /** Bytes in each container's writable layer, and the containers whose bytes have changed since the last view. */
  readonly #writable = new Map<string, number>();
  readonly #grown = new Set<string>();
  #last: MachineView | undefined;

  constructor(name: string, address: string, kernel: Kernel, version: { readonly version: string; readonly apiVersion: string }) {
    this.#name = name;
    this.#address = address;
    this.#kernel = kernel;
    this.#version = version;
  }

  /** Processes came, went or changed their name. */
  processesMoved(): void {
    this.#processesMoved = true;
  }

  /** A container's writable layer holds so many bytes now. */
  written(id: string, bytes: number): void {
    if (bytes === 0) this.#writable.delete(id);
    else this.#writable.set(id, bytes);
    this.#grown.add(id);
  }

  view(snapshot: Snapshot<DaemonTables>): MachineView {
    this.#updateContainers(snapshot.containers);
    const engine = snapshot.engine.get('engine');
    const [running, hasRun] = [engine?.running ?? false, engine !== undefined];
    const parts = {
      containers: this.#containers,
      images: this.#images(snapshot.images),
      networks: this.#networks(snapshot.networks),
      volumes: this.#volumes(snapshot.volumes),
      transfers: this.#transfers(snapshot.transfers),
    };
    const old = this.#last;
    const same = old?.daemon.running === running && old.daemon.hasRun === hasRun;
    if (old && same && (Object.keys(parts) as (keyof typeof parts)[]).every((key) => old[key] === parts[key])) return old;
    const daemon = same ? old.daemon : { running, hasRun, ...this.#version, socket: '/var/run/docker.sock' };
    this.#last = { name: this.#name, address: this.#address, daemon, ...parts };
    return this.#last;
  }

  #updateContainers(records: ReadonlyMap<string, ContainerRecord>): void {
    if (records === this.#lastContainers && !this.#processesMoved) return this.#updateWritable();
    this.#grown.clear();
    const byGroup = this.#processesByContainer();
    this.#lastContainers = records;
    this.#processesMoved = false;
    let changed = records.size !== this.#containers.size;
    const next = new Map<string, ContainerView>();
    for (const [id, record] of records) {
      const processes = (byGroup.get(id) ?? []).map((p) => processView(p));
      const old = this.#containerViews.get(id);
      let view = old?.view;
      const bytes = this.#writable.get(id) ?? 0;
      if (!old || old.record !== record || old.view.writableBytes !== bytes || !sameProcesses(old.view.processes, processes)) {
        view = containerView(record, processes, bytes);
        this.#containerViews.set(id, { record, view });
        changed = true;
      }
      next.set(id, view!);
    }
    for (const id of this.#containerViews.keys()) if (!records.has(id)) this.#containerViews.delete(id);
    if (changed) this.#containers = next;
  }

  /** Files grow far more often than containers come and go: only those that grew are looked at. */
  #updateWritable(): void {
    let next: Map<string, ContainerView> | undefined;
    for (const id of this.#grown) {
      const known = this.#containerViews.get(id);
      const writableBytes = this.#writable.get(id) ?? 0;
      if (!known || known.view.writableBytes === writableBytes) continue;
      const view = { ...known.view, writableBytes };
      this.#containerViews.set(id, { ...known, view });
      next ??= new Map(this.#containers);
      next.set(id, view);
    }
    this.#grown.clear();
    if (next) this.#containers = next;
  }

  /** A container's processes are those in the cgroup that carries its id. */
  #processesByContainer(): Map<string, Process[]> {
    const out = new Map<string, Process[]>();
    for (const process of this.#kernel.processes()) {
      const id = /[0-9a-f]{64}/.exec(process.cgroup.path)?.[0];
      if (id === undefined || !process.alive) continue;
      const list = out.get(id);
      if (list) list.push(process);
      else out.set(id, [process]);
    }
    return out;
  }
}

function processView(p: Process): ProcessView {
  return { hostPid: p.hostPid, pid: p.pid, ppid: p.parent?.pidSeenBy(p) ?? 0, user: String(p.credentials.euid), command: p.argv.join(' ') };
}

function sameProcesses(a: readonly ProcessView[], b: readonly ProcessView[]): boolean {
  return a.length === b.length && a.every((p, i) => p.hostPid === b[i].hostPid && p.command === b[i].command && p.user === b[i].user);
}

function containerView(c: ContainerRecord, processes: readonly ProcessView[], writableBytes: number): ContainerView {
  return {
    id: c.id,
    name: c.name,
    image: c.config.Image,
    imageId: c.imageId,
    command: [c.path, ...c.args],
    status: c.state.status,
    exitCode: c.state.exitCode,
    oomKilled: c.state.oomKilled,
    health: c.state.health ? c.state.health.status : 'none',
    pid: c.state.pid,
    createdAt: c.createdAt,
    startedAt: c.state.startedAt,
    finishedAt: c.state.finishedAt,
    restartCount: c.restartCount,
    tty: c.config.Tty,
    autoRemove: c.hostConfig.AutoRemove,
    endpoints: c.network.endpoints.map((e) => ({
      network: e.network,
      networkId: e.settings.NetworkID ?? '',
      interface: e.interface,
      address: e.settings.IPAddress ?? '',
      mac: e.settings.MacAddress ?? '',
      aliases: e.settings.Aliases ?? [],
    })),
    ports: portViews(c),
    mounts: c.mounts.map((m) => ({
      type: m.Type as 'volume' | 'bind' | 'tmpfs',
      name: m.Name,
      source: m.Source ?? '',
      destination: m.Destination,
      readonly: !m.RW,
    })),
    writableBytes,
    processes,
  };
}

function portViews(c: ContainerRecord): readonly PortView[] {
  const out: PortView[] = [];
  const exposed = new Set([...Object.keys(c.config.ExposedPorts ?? {}), ...Object.keys(c.network.ports)]);
  for (const key of exposed) {
    const [port, protocol = 'tcp'] = key.split('/');
    const common = { containerPort: Number(port), protocol: protocol as PortView['protocol'], network: c.network.gatewayNetwork };
    const bindings = c.network.ports[key] ?? [];
    if (bindings.length === 0) out.push({ ...common, hostPort: undefined, hostAddress: undefined });
    for (const binding of bindings) out.push({ ...common, hostPort: Number(binding.HostPort), hostAddress: binding.HostIp });
  }
  return out;
}

function imageView(image: ImageRecord): ImageView {
  const makers = image.history.filter((h) => !h.emptyLayer);
  const layers = image.layers.map(
    (layer, i): LayerView => ({ diffId: layer.diffId, size: layer.size, createdBy: makers[i]?.createdBy ?? '' }),
  );
  return { id: image.id, tags: image.tags, digests: image.digests, size: image.size, layers };
}

function networkView(n: NetworkRecord): NetworkView {
  return { id: n.id, name: n.name, driver: n.driver, subnet: n.pools[0]?.subnet, gateway: n.pools[0]?.gateway };
}

function volumeView(v: VolumeRecord): VolumeView {
  return { name: v.id, driver: v.driver, mountpoint: v.mountpoint };
}

function transferView({ domain, ...transfer }: TransferRecord): TransferView {
  return { ...transfer, host: domain };
}
