import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Box as BoxIcon, HardDrive, Lock, Pencil, SquareTerminal } from 'lucide-react';
import { createContext, type ReactNode, useContext } from 'react';
import { type ContainerView, type MachineView, show } from '../../../state/app.ts';
import { shortId, size } from '../../../state/format.ts';
import { t } from '../../../state/strings/index.ts';
import { meaningOf, stateOf } from '../kit/containerState.ts';
import { StateSign } from '../kit/StateSign.tsx';
import { imageName, layersOf, networkAddress, networkTitle, registryState } from './facts.ts';
import type { Shape } from './model.ts';

/** What shapes read beside their own record. */
export const Scene = createContext<{ machine: MachineView; open: boolean; lastCall: number | undefined }>({
  machine: undefined as never,
  open: false,
  lastCall: undefined,
});

export type ShapeNode = { id: string; position: { x: number; y: number }; data: { shape: Shape; leaving: boolean }; type: 'shape' };

/** One node of the drawing. The handles are for the library only: wires know their own points. */
export function ShapeView({ data }: NodeProps & { data: ShapeNode['data'] }) {
  return (
    <div className={`h-full w-full ${data.leaving ? 'shape-leaves' : 'shape-enters'}`}>
      <Handle type="target" position={Position.Left} isConnectable={false} className="!invisible" />
      <Handle type="source" position={Position.Right} isConnectable={false} className="!invisible" />
      <Body shape={data.shape} />
    </div>
  );
}

function Body({ shape }: { shape: Shape }) {
  const { machine, open } = useContext(Scene);
  switch (shape.kind) {
    case 'client':
      return <Client />;
    case 'socket':
      return (
        <svg width={shape.width} height={shape.height} aria-hidden="true" className={open ? 'text-accent' : 'text-edge'}>
          <path
            d={shape.side === 'left' ? 'M11 .75A10.25 10.25 0 0 0 11 21.25' : 'M.75 11A10.25 10.25 0 0 1 21.25 11'}
            fill="var(--color-s1)"
            stroke="currentColor"
            strokeWidth={open ? 2 : 1.5}
          />
        </svg>
      );
    case 'daemon':
      return (
        <Thing
          name={t('arch.describe.daemon', { machine: machine.name, containers: machine.containers.size, images: machine.images.size })}
          className={`rounded-daemon border-[1.5px] border-edge bg-s1 ${machine.daemon.running ? '' : 'border-dotted'}`}
        >
          <div className="absolute inset-[3px] rounded-[7px] border border-line" />
          <div className="relative flex h-[46px] items-center gap-2.5 px-5 pt-1">
            <span className="font-mono text-term font-bold text-ink">dockerd</span>
            <span className="truncate text-label text-ink2">
              {machine.daemon.running ? t('arch.daemon', { version: machine.daemon.version, machine: machine.name }) : t('arch.daemonDown')}
            </span>
          </div>
        </Thing>
      );
    case 'registry':
      return (
        <Thing
          name={t('arch.describe.registry', { name: shape.registry.title, state: registryState(shape.registry.active) })}
          className={`rounded-client border-[1.5px] bg-s1 ${shape.registry.active > 0 ? 'border-ink' : 'border-edge'}`}
        >
          <div className={`mt-[5px] h-[5px] border-y border-edge ${shape.registry.active > 0 ? 'w-[108%] bg-s3' : 'w-full'}`} />
          <div className="px-2.5 pt-1.5 text-print text-ink2">
            <div className="font-medium text-ink2">{t('arch.registry')}</div>
            <div className="truncate text-term font-bold text-ink">{shape.registry.title}</div>
            {shape.registry.lastRepository === undefined ? (
              <>
                {t('arch.registryIdle1')}
                <br />
                {t('arch.registryIdle2')}
              </>
            ) : (
              <>
                <span className="block truncate font-mono">{shape.registry.lastRepository.replace(/^library\//, '')}</span>
                {registryState(shape.registry.active)}
              </>
            )}
          </div>
        </Thing>
      );
    case 'image':
      return (
        <Thing
          name={t('arch.describe.image', { name: imageName(shape.image), size: size(shape.image.size), layers: layersOf(shape.image) })}
        >
          <div className="flex items-center gap-1.5 text-label font-bold text-ink" title={imageName(shape.image)}>
            <BoxIcon size={12} className="flex-none text-ink2" aria-hidden />
            <span className="truncate">{imageName(shape.image)}</span>
          </div>
          <div className="flex justify-between gap-2 font-mono text-print text-ink2">
            <span>{shortId(shape.image.id)}</span>
            <span>{size(shape.image.size)}</span>
          </div>
          {shape.layers > 0 && (
            <div className="mt-1">
              {[...shape.image.layers]
                .slice(-shape.layers)
                .reverse()
                .map((layer) => (
                  <div
                    key={layer.diffId}
                    className="mb-[3px] flex h-[21px] overflow-hidden rounded-layer border border-edge bg-s3 text-print text-ink"
                  >
                    <span className="hatched flex w-[18px] flex-none items-center justify-center border-r border-edge">
                      <Lock size={10} aria-hidden />
                    </span>
                    <span className="truncate px-1.5 leading-[19px]" title={layer.createdBy}>
                      {instruction(layer.createdBy)}
                    </span>
                  </div>
                ))}
              {shape.layers < shape.image.layers.length && (
                <div className="text-print text-ink2">{t('arch.layersShown', { shown: shape.layers, all: shape.image.layers.length })}</div>
              )}
            </div>
          )}
        </Thing>
      );
    case 'container':
      return shape.detail === 'name' ? (
        <ContainerRow container={shape.container} />
      ) : (
        <ContainerCard container={shape.container} brief={shape.detail === 'brief'} />
      );
    case 'network':
      return (
        <Thing
          name={t('arch.describe.network', {
            name: shape.network.name,
            driver: shape.network.driver,
            subnet: shape.network.subnet ?? t('diagram.none'),
          })}
        >
          <div className="h-[13px] rounded-[1px] border-[1.75px] border-ink bg-s3" />
          <div className="pt-1 text-print">
            <span className="font-mono text-ink2">
              {networkTitle(shape.network)} <span className="pl-1.5">{networkAddress(shape.network)}</span>
            </span>
          </div>
        </Thing>
      );
    case 'volume':
      return (
        <Thing name={t('arch.describe.volume', { name: shape.volume.name })}>
          <svg viewBox="0 0 132 38" preserveAspectRatio="none" className="absolute inset-0 h-full w-full text-edge" aria-hidden="true">
            <path d="M.75 6v26c0 3 29 5 65.25 5s65.25-2 65.25-5V6" fill="var(--color-s2)" stroke="currentColor" strokeWidth="1.5" />
            <ellipse cx="66" cy="6" rx="65.25" ry="5" fill="var(--color-s2)" stroke="currentColor" strokeWidth="1.5" />
          </svg>
          <div className="relative flex h-full items-center gap-1.5 px-2.5 pt-2 text-print">
            <HardDrive size={11} className="flex-none text-ink2" aria-hidden />
            <span className="truncate font-mono text-ink" title={shape.volume.name}>
              {shape.volume.name}
            </span>
            {shape.users.length > 0 && <span className="ml-auto truncate text-ink2">{shape.users.join(', ')}</span>}
          </div>
        </Thing>
      );
    case 'port':
      return (
        <button
          type="button"
          className="nodrag flex h-full w-full items-center justify-center rounded-pill border-[1.75px] border-ink bg-s1 text-print font-medium whitespace-nowrap text-ink hover:bg-s3"
          aria-label={t('arch.portName', { host: shape.port.hostPort, port: shape.port.containerPort, name: shape.port.container })}
          onClick={() => show({ kind: 'preview', url: `http://localhost:${shape.port.hostPort}/` })}
        >
          {t('arch.port', { host: shape.port.hostPort, name: shape.port.container, port: shape.port.containerPort })}
        </button>
      );
    case 'empty':
      return (
        <div className="flex h-full flex-col items-center justify-center rounded-layer border-[1.5px] border-dotted border-edge px-2 text-center text-label">
          <span className="font-bold text-ink">{t(shape.of === 'images' ? 'arch.noImages' : 'arch.noContainers')}</span>
          <span className="text-ink2">{t(shape.of === 'images' ? 'arch.noImagesHint' : 'arch.noContainersHint')}</span>
        </div>
      );
    case 'more':
      return <div className="text-print text-ink2">{t('arch.more', { n: shape.count })}</div>;
  }
}

/** A thing of the drawing that takes the focus and says in one sentence what it is. */
function Thing({ name, className = '', children }: { name: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: every thing of a drawing can be reached with the keys
    <div role="img" tabIndex={0} aria-label={name} className={`relative h-full w-full ${className}`}>
      {children}
    </div>
  );
}

function Client() {
  const { machine, lastCall } = useContext(Scene);
  return (
    <Thing
      name={t('arch.describe.client', { version: machine.daemon.version })}
      className="rounded-client border-[1.5px] border-edge bg-s1"
    >
      <div className="border-b border-edge px-2.5 py-[3px] text-print font-medium text-ink">{t('arch.client')}</div>
      <div className="px-2.5 pt-2 text-print text-ink2">
        <div className="mb-1.5 flex items-center gap-2 font-mono text-term font-bold text-ink">
          <SquareTerminal size={15} aria-hidden />
          docker
        </div>
        {lastCall === undefined ? (
          <>
            {t('arch.clientIdle1')}
            <br />
            {t('arch.clientIdle2')}
          </>
        ) : (
          <>
            28.2 on {machine.name}
            <br />
            API {machine.daemon.apiVersion}
          </>
        )}
      </div>
    </Thing>
  );
}

const looks: Record<ContainerView['status'], string> = {
  created: 'border-[1.5px] border-dashed border-edge',
  running: 'border-[1.75px] border-ink',
  paused: 'hatched border-[1.75px] border-ink',
  restarting: 'border-[1.5px] border-dashed border-ink',
  removing: 'border-[1.5px] border-dotted border-edge',
  exited: 'border-[1.5px] border-dotted border-edge',
  dead: 'border-[1.5px] border-dotted border-bad',
};

function sentence(container: ContainerView): string {
  return t('arch.describe.container', {
    name: container.name,
    state: [stateOf(container), meaningOf(container)].filter(Boolean).join(', '),
    image: container.image,
  });
}

function ContainerCard({ container, brief }: { container: ContainerView; brief: boolean }) {
  const live = container.status === 'running' || container.status === 'paused';
  const address = container.endpoints.find((endpoint) => endpoint.address !== '')?.address;
  const ending = <span className="text-ink">{[stateOf(container), meaningOf(container)].filter(Boolean).join(', ')}</span>;
  const health = container.health === 'none' ? '' : container.health;
  return (
    <button
      type="button"
      aria-label={sentence(container)}
      className={`nodrag flex h-full w-full flex-col justify-start overflow-hidden rounded-card bg-s2 px-2.5 pt-2 text-left text-print text-ink2 hover:bg-s3 ${looks[container.status]}`}
      onClick={() => show({ kind: 'container', id: container.id })}
    >
      <span className="flex items-center gap-2">
        <StateSign status={container.status} />
        <span className="min-w-0 flex-1 truncate font-mono text-label font-bold text-ink">{container.name}</span>
        {live || container.status === 'created' ? (
          <span className="flex-none">{health ? t(`state.${health}`) : stateOf(container)}</span>
        ) : null}
      </span>
      {brief ? (
        <span className="mt-0.5 block truncate">
          {live || container.status === 'created' ? (
            <>
              <span className="font-mono">{container.image}</span> <span className="pl-1 font-mono text-ink">{address ?? ''}</span>
            </>
          ) : (
            ending
          )}
        </span>
      ) : (
        <>
          <span className="mt-0.5 block truncate font-mono">{container.image}</span>
          <span className="mt-1 flex items-center gap-1.5 rounded-layer border border-dashed border-edge bg-s1 px-1.5 py-px text-ink">
            <Pencil size={10} className="flex-none" aria-hidden />
            {container.writableBytes > 0 ? t('arch.writable', { size: size(container.writableBytes) }) : t('arch.writableEmpty')}
          </span>
          <span className="mt-1 block truncate">
            {live ? (
              <>
                <span className="font-mono text-ink">{address ?? t('arch.noAddress')}</span>{' '}
                <span className="pl-1">pid {container.pid}</span>
              </>
            ) : container.status === 'created' ? (
              t('arch.noProcess')
            ) : (
              ending
            )}
          </span>
        </>
      )}
    </button>
  );
}

function ContainerRow({ container }: { container: ContainerView }) {
  return (
    <button
      type="button"
      aria-label={sentence(container)}
      className={`nodrag flex h-full w-full items-center gap-2 rounded-card bg-s2 px-2.5 text-left text-print text-ink2 hover:bg-s3 ${looks[container.status]}`}
      onClick={() => show({ kind: 'container', id: container.id })}
    >
      <StateSign status={container.status} />
      <span className="min-w-0 flex-1 truncate font-mono text-ink">{container.name}</span>
      <span className="flex-none">{stateOf(container)}</span>
    </button>
  );
}

/** '/bin/sh -c #(nop)  CMD ["nginx"]' and the like, without what does not tell. */
function instruction(createdBy: string): string {
  return createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/^\/bin\/sh -c /, 'RUN ')
    .replace(/ # buildkit$/, '');
}
