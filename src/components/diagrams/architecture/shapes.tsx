import type { Node, NodeProps } from '@xyflow/react';
import { ChevronRight, HardDrive, Pencil, SquareTerminal } from 'lucide-react';
import { createContext, useContext } from 'react';
import { type ContainerView, type MachineView, show, useApp } from '../../../state/app.ts';
import { size } from '../../../state/format.ts';
import { t, tn } from '../../../state/strings/index.ts';
import { meaningOf, stateOf } from '../kit/containerState.ts';
import { StateSign } from '../kit/StateSign.tsx';
import type { Shape } from './drawing.ts';
import { networkAddress, networkTitle, portWords, volumeName } from './facts.ts';
import { ImageShape, Parcel, TransferShape } from './images.tsx';
import { Registry } from './Registry.tsx';
import { Thing } from './Thing.tsx';

/** What shapes read beside their own record. */
export const Scene = createContext<{ machine: MachineView; open: boolean; lastCall: number | undefined }>({
  machine: undefined as never,
  open: false,
  lastCall: undefined,
});

/** How a kind comes in, where it does not fade in: what a registry sends slides in from its side. */
const enters: Partial<Record<Shape['kind'], string>> = { transfer: 'shape-slides', parcel: '' };

/** What lies over what. */
const layers: Partial<Record<Shape['kind'], number>> = { daemon: 0, empty: 1, network: 3, socket: 4, port: 8, parcel: 8, more: 9 };

export const layerOf = (kind: Shape['kind']): number => layers[kind] ?? 5;

export type ShapeNode = Node<{ shape: Shape; leaving: boolean }, 'shape'>;

/** One thing of the drawing in its place; one that has gone fades out there. */
export function ShapeView({ data: { shape, leaving } }: NodeProps<ShapeNode>) {
  return (
    <div
      className={`h-full w-full ${leaving ? 'shape-leaves' : (enters[shape.kind] ?? 'shape-enters')}`}
      inert={leaving}
      aria-hidden={leaving || undefined}
      data-shape={shape.id}
    >
      <Body shape={shape} />
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
          name={t('arch.describe.daemon', {
            machine: machine.name,
            containers: tn('count.containers', machine.containers.size),
            images: tn('count.images', machine.images.size),
          })}
          className={`rounded-daemon border-[1.5px] border-edge bg-s1 ${machine.daemon.running ? '' : 'border-dotted'}`}
        >
          <div className="absolute inset-[3px] rounded-[7px] border border-line" />
          <div className="relative flex h-[38px] items-center gap-2.5 px-4 pt-1" style={{ marginRight: shape.beside }}>
            <span className="font-mono text-term font-bold text-ink">dockerd</span>
            <span className="truncate text-label text-ink2">
              {machine.daemon.running
                ? t('arch.daemon', { version: machine.daemon.version, machine: machine.name })
                : t(machine.daemon.hasRun ? 'arch.daemonDown' : 'arch.daemonNotYet')}
            </span>
          </div>
        </Thing>
      );
    case 'registry':
      return <Registry registry={shape.registry} transfer={shape.transfer} />;
    case 'image':
      return <ImageShape image={shape.image} layers={shape.layers} detail={shape.detail} width={shape.width} />;
    case 'transfer':
      return <TransferShape transfer={shape.transfer} layers={shape.layers} />;
    case 'parcel':
      return <Parcel upright={shape.upright} />;
    case 'container':
      return shape.detail === 'name' ? (
        <ContainerRow container={shape.container} width={shape.width} />
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
          <div
            className="absolute top-0 right-0 h-[13px] rounded-[1px] border-[1.75px] border-ink bg-s3"
            style={{ left: shape.beside }}
            data-bar
          />
          <div
            className={`absolute truncate font-mono text-print text-ink2 ${shape.beside > 0 ? '-top-px pr-1' : 'top-[16px]'}`}
            style={{ left: shape.caption.x, width: shape.caption.width }}
            title={`${networkTitle(shape.network)} ${networkAddress(shape.network)}`}
          >
            <span className="text-ink">{networkTitle(shape.network)}</span> {shape.caption.address && networkAddress(shape.network)}
          </div>
        </Thing>
      );
    case 'volume':
      return <Volume {...shape} />;
    case 'port':
      return (
        <button
          type="button"
          className="target flex h-full w-full items-center justify-center rounded-pill border-[1.75px] border-ink bg-s1 text-print font-medium whitespace-nowrap text-ink hover:bg-s3"
          aria-label={t('arch.portName', { host: shape.port.hostPort, port: shape.port.containerPort, name: shape.port.container })}
          onClick={() => show({ kind: 'preview', url: `http://localhost:${shape.port.hostPort}/` })}
        >
          {portWords(shape.port)}
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
      return (
        <button
          type="button"
          className={`target inline-flex items-center gap-0.5 bg-s1 text-print font-medium whitespace-nowrap text-blue hover:underline ${shape.of === 'ports' ? 'h-full w-full justify-center rounded-pill border-[1.5px] border-edge' : 'max-w-full'}`}
          aria-label={t('arch.more.describe', { n: shape.count, what: t(`arch.more.what.${shape.of}`) })}
          onClick={() => useApp.setState({ asTable: true })}
        >
          <span className="truncate">
            {t(shape.all ? 'arch.more.all.volumes' : `arch.more.${shape.of}`, { n: shape.count, running: shape.running })}
          </span>
          <ChevronRight size={11} className="flex-none" aria-hidden />
        </button>
      );
  }
}

/** A cylinder: its name, and which containers have it. */
function Volume({ volume, users, brief, width, height }: Extract<Shape, { kind: 'volume' }>) {
  const used = users.length > 0 ? t('arch.volumeUsers', { users: users.join(', ') }) : t('arch.volumeUnused');
  const [w, h] = [width - 0.75, height - 6];
  return (
    <Thing name={t('arch.describe.volume', { name: volume.name, users: used })}>
      <svg viewBox={`0 0 ${width} ${height}`} className="absolute inset-0 h-full w-full text-edge" aria-hidden="true">
        <path
          d={`M.75 5v${h - 5}c0 3 ${width / 4} 5 ${width / 2} 5s${width / 2} -2 ${w - width / 2} -5V5`}
          fill="var(--color-s2)"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <ellipse cx={width / 2} cy="5" rx={width / 2 - 0.75} ry="4" fill="var(--color-s2)" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <div className={`relative text-print ${brief ? 'px-2 pt-[11px]' : 'px-2.5 pt-[12px]'}`} title={`${volume.name}, ${used}`}>
        <div className="flex items-center gap-1.5">
          <HardDrive size={11} className="flex-none text-ink2" aria-hidden />
          <span className="truncate font-mono text-ink">{volumeName(volume)}</span>
        </div>
        {!brief && <div className="truncate text-ink2">{used}</div>}
      </div>
    </Thing>
  );
}

function Client() {
  const { machine, lastCall } = useContext(Scene);
  return (
    <Thing
      name={t('arch.describe.client', { version: machine.daemon.version })}
      className="rounded-client border-[1.5px] border-edge bg-s1"
    >
      <div className="border-b border-edge px-2 py-[3px] text-print font-medium text-ink">{t('arch.client')}</div>
      <div className="px-2 pt-2 text-print text-ink2">
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
  const end = container.endpoints.find((endpoint) => endpoint.address !== '');
  return t('arch.describe.container', {
    where: end ? t('arch.describe.where', { address: end.address, network: end.network }) : '',
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
      className={`flex h-full w-full flex-col justify-start overflow-hidden rounded-card bg-s2 px-2.5 pt-2 text-left text-print text-ink2 hover:bg-s3 ${looks[container.status]}`}
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
            <span className="truncate">
              {container.writableBytes > 0 ? t('arch.writable', { size: size(container.writableBytes) }) : t('arch.writableEmpty')}
            </span>
          </span>
          {/* What does not fit beside the address goes to a line that is not shown: no number is cut. */}
          <span className="mt-1 flex h-[15px] flex-wrap gap-x-2 overflow-hidden">
            {live ? (
              <>
                <span className="font-mono text-ink">{address ?? t('arch.noAddress')}</span>
                <span>pid {container.pid}</span>
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

/** One line. The word of its state stands there where the name leaves room; the sign always does. */
function ContainerRow({ container, width }: { container: ContainerView; width: number }) {
  const state = stateOf(container);
  const room = width - 46 - container.name.length * 6.7;
  return (
    <button
      type="button"
      aria-label={sentence(container)}
      title={`${container.name}, ${state}`}
      className={`target flex h-full w-full items-center gap-2 rounded-card bg-s2 px-2.5 text-left text-print text-ink2 hover:bg-s3 ${looks[container.status]}`}
      onClick={() => show({ kind: 'container', id: container.id })}
    >
      <StateSign status={container.status} />
      <span className="min-w-0 flex-1 truncate font-mono text-ink">{container.name}</span>
      {room >= state.length * 6 && <span className="flex-none">{state}</span>}
    </button>
  );
}
