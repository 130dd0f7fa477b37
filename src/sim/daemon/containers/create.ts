/** `docker create`: from a request to a container that could start. */
import type { CreateRequest, CreateResponse } from '../../api/types/container.ts';
import type { Sim } from '../../kernel/sim.ts';
import { chown, mkdirAll, now, writeFile } from '../../kernel/syscalls.ts';
import { OverlayFs } from '../../kernel/vfs/overlayFs.ts';
import type { Cause } from '../../lib/records.ts';
import { findIn } from '../../runtime/files.ts';
import { conflict, invalid, isDaemonError, notFound, system } from '../errors.ts';
import { findContainer, tryFindContainer } from '../find.ts';
import { randomId } from '../ids.ts';
import type { ContainerRecord, ImageRecord } from '../records.ts';
import { checkConfig, configJson, mergeConfig } from './config.ts';
import { logContainerEvent } from './events.ts';
import { checkNetworkOptions, completeHostConfig, verifyHostConfig, withDefaults } from './hostConfig.ts';
import { checkLinks } from './links.ts';
import { randomName } from './randomName.ts';
import type { ContainerServices } from './services.ts';

const NAME_CHARACTERS = '[a-zA-Z0-9][a-zA-Z0-9_.-]';
const NAME_PATTERN = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

export function* create(d: ContainerServices, name: string, platform: string, request: CreateRequest, cause: Cause): Sim<CreateResponse> {
  const { HostConfig: _host, NetworkingConfig: _networks, ...own } = request;
  if (Object.keys(own).length === 0) throw invalid('config cannot be empty in order to create a container');
  const asked = completeHostConfig(request.HostConfig);
  checkNetworkOptions(asked, request);
  checkConfig(request);
  const warnings = verifyHostConfig(asked, { cpus: d.config.cpus });
  const image = (request.Image ?? '') === '' ? undefined : d.images.find(request.Image ?? '');
  checkPlatform(platform, image, request.Image ?? '', warnings);

  const merged = mergeConfig(request, image?.config);
  if ((merged.Entrypoint ?? []).length === 0 && (merged.Cmd ?? []).length === 0) throw invalid('no command specified');
  const command = [...(merged.Entrypoint ?? []).filter((part, i) => i > 0 || part !== ''), ...(merged.Cmd ?? [])];
  if (command.length === 0) throw invalid('no command specified');

  const id = yield* randomId();
  const containerName = yield* reserveName(d, name, id);
  try {
    const hostConfig = withDefaults(resolveShared(d, asked), d.config);
    const hostname = merged.Hostname !== '' ? merged.Hostname : sharedHostname(d, hostConfig, id);
    const config = configJson({ ...merged, Hostname: hostname });
    const endpoints = d.networks.planEndpoints(
      { id, name: containerName, hostname },
      hostConfig,
      request.NetworkingConfig?.EndpointsConfig ?? {},
    );
    const bare: ContainerRecord = {
      id,
      name: containerName,
      createdAt: yield* now(),
      imageId: image?.id ?? '',
      layers: image?.layers ?? [],
      path: command[0],
      args: command.slice(1),
      config,
      hostConfig,
      state: {
        status: 'created',
        oomKilled: false,
        pid: 0,
        exitCode: 0,
        error: '',
        startedAt: undefined,
        finishedAt: undefined,
        health: undefined,
      },
      restartCount: 0,
      manuallyStopped: false,
      hasBeenStarted: false,
      network: { sandboxId: '', sandboxKey: '', ports: {}, gatewayNetwork: '', endpoints },
      mounts: [],
      platform: 'linux',
      mountId: yield* randomId(),
    };
    const container = yield* withMounts(d, bare, cause);
    d.records.commit(cause, (tx) => tx.insert('containers', container));
    logContainerEvent(d, cause, container, 'create');
    return { Id: id, Warnings: warnings };
  } finally {
    d.live.names.delete(containerName);
  }
}

/** Makes what it needs on the disk. When that fails, the volumes without a name that were made for it go again; named ones stay. */
function* withMounts(d: ContainerServices, bare: ContainerRecord, cause: Cause): Sim<ContainerRecord> {
  let container: ContainerRecord = bare;
  try {
    container = { ...bare, mounts: yield* d.volumes.planMounts({ containerId: bare.id, hostConfig: bare.hostConfig }, cause) };
    checkLinks(d, bare);
    const files = yield* imageFiles(d, bare);
    checkWorkingDir(bare.config.WorkingDir, files);
    for (const path of Object.keys(bare.config.Volumes ?? {})) {
      const there = files && findIn(files, path);
      if (there && !there.isDirectory) {
        const place = `${d.config.root}/overlay2/${bare.mountId}/merged${path}`;
        throw system(`cannot mount volume over existing file, file exists ${place}`);
      }
      container = { ...container, mounts: yield* d.volumes.addVolume(container.mounts, path, bare.hostConfig.VolumeDriver, cause) };
    }
    yield* makeDirectory(d, container);
    return container;
  } catch (error) {
    yield* d.volumes.forget(container, true, cause);
    throw error;
  }
}

/** The image's files; undefined when there is no image. */
function* imageFiles(d: ContainerServices, c: ContainerRecord): Sim<OverlayFs | undefined> {
  const lowers = (yield* d.images.lowers(c.layers)).map((layer) => layer.root);
  return lowers.length === 0 ? undefined : new OverlayFs({ device: d.kernel.nextDevice(), lowers, upper: undefined });
}

/** The working directory is made if it is not there; a file of the image in its place is an error. */
function checkWorkingDir(path: string, files: OverlayFs | undefined): void {
  if (path === '' || !files) return;
  const there = findIn(files, path);
  if (there && !there.isDirectory) throw system(`Cannot mkdir: ${path} is not a directory`);
}

/** Checks the name, or makes one up, and keeps others from it until the record is there or the attempt has failed. */
function* reserveName(d: ContainerServices, asked: string, id: string): Sim<string> {
  const name = asked === '' ? yield* freeName(d, id) : checkName(d, asked);
  d.live.names.set(name, id);
  return name;
}

function* freeName(d: ContainerServices, id: string): Sim<string> {
  for (let attempt = 0; attempt < 6; attempt++) {
    const name = yield* randomName(attempt > 0);
    if (holderOf(d, name) === undefined) return name;
  }
  return id.slice(0, 12);
}

/** A name that may be given: throws invalid for its characters, conflict when it is taken. Answers without the slash. */
export function checkName(d: ContainerServices, asked: string): string {
  if (!NAME_PATTERN.test(asked)) throw invalid(`Invalid container name (${asked}), only ${NAME_CHARACTERS} are allowed`);
  const name = asked.replace(/^\//, '');
  const holder = holderOf(d, name);
  if (holder !== undefined) {
    throw conflict(
      `Conflict. The container name "/${name}" is already in use by container "${holder}". ` +
        'You have to remove (or rename) that container to be able to reuse that name.',
    );
  }
  return name;
}

/** Id of the container that has a name, or will have it. */
function holderOf(d: ContainerServices, name: string): string | undefined {
  return d.records.all('containers').find((c) => c.name === name)?.id ?? d.live.names.get(name);
}

/** `container:web` becomes `container:<id>`, so that a rename breaks nothing. */
function resolveShared(d: ContainerServices, hostConfig: ContainerRecord['hostConfig']): ContainerRecord['hostConfig'] {
  const resolve = (mode: string): string => {
    if (!mode.startsWith('container:')) return mode;
    const found = tryFindContainer(d.records, mode.slice('container:'.length));
    return found ? `container:${found.id}` : mode;
  };
  return {
    ...hostConfig,
    NetworkMode: resolve(hostConfig.NetworkMode),
    PidMode: resolve(hostConfig.PidMode),
    IpcMode: resolve(hostConfig.IpcMode),
  };
}

/** Host networking shows the host's name, a shared network namespace its owner's; else the short id. */
function sharedHostname(d: ContainerServices, hostConfig: ContainerRecord['hostConfig'], id: string): string {
  if (hostConfig.NetworkMode === 'host' || hostConfig.UTSMode === 'host') return d.config.hostname;
  if (hostConfig.NetworkMode.startsWith('container:')) {
    const owner = findContainer(d.records, hostConfig.NetworkMode.slice('container:'.length));
    return owner.config.Hostname;
  }
  return id.slice(0, 12);
}

function checkPlatform(platform: string, image: ImageRecord | undefined, reference: string, warnings: string[]): void {
  if (!image) return;
  const have = `${image.os}/${image.architecture}${image.variant === '' ? '' : `/${image.variant}`}`;
  if (platform !== '') {
    const [os, architecture] = platform.split('/');
    if (os !== image.os || (architecture !== undefined && architecture !== image.architecture)) {
      throw notFound(
        `image with reference ${reference} was found but its platform (${have}) does not match the specified platform (${platform})`,
      );
    }
  } else if (image.architecture !== 'amd64') {
    warnings.push(
      `The requested image's platform (${have}) does not match the detected host platform (linux/amd64/v3) and no specific platform was requested`,
    );
  }
}

/** /var/lib/docker/containers/<id> with the files that are bound into the container. */
function* makeDirectory(d: ContainerServices, c: ContainerRecord): Sim<void> {
  const directory = `${d.config.root}/containers/${c.id}`;
  try {
    yield* mkdirAll(directory, 0o710);
    yield* mkdirAll(`${directory}/checkpoints`, 0o700);
    yield* writeFile(
      `${directory}/config.v2.json`,
      JSON.stringify({ ID: c.id, Name: `/${c.name}`, Image: c.imageId, Config: c.config }),
      0o600,
    );
    yield* writeFile(`${directory}/hostconfig.json`, JSON.stringify(c.hostConfig), 0o644);
    yield* chown(directory, 0, 0);
  } catch (error) {
    if (isDaemonError(error)) throw error;
    throw system(error instanceof Error ? error.message : String(error));
  }
}
