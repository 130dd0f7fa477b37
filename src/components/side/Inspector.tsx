import { RotateCw, X } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { request } from '../../state/actions.ts';
import { type ContainerView, show, useApp, useView } from '../../state/app.ts';
import { shortId } from '../../state/format.ts';
import { type StringKey, t } from '../../state/strings/index.ts';
import { meaningOf, stateOf } from '../diagrams/kit/containerState.ts';
import { StateSign } from '../diagrams/kit/StateSign.tsx';
import { TabList } from '../ui/TabList.tsx';
import { useFollow } from '../ui/useFollow.ts';
import { demultiplex } from './logStream.ts';

const tabs = ['processes', 'mounts', 'addresses', 'logs'] as const;
type Tab = (typeof tabs)[number];

/** A container from inside: its processes, mounts, addresses and logs. */
export function Inspector({ id }: { id: string }) {
  const machine = useApp((state) => state.machine);
  const container = useView((view) => view?.machines.get(machine)?.containers.get(id));
  const last = useRef(container);
  if (container) last.current = container;
  const name = last.current?.name ?? shortId(id);
  const [tab, setTab] = useState<Tab>('processes');
  const close = (
    <button
      type="button"
      data-first
      className="button ml-auto"
      aria-label={t('inspect.back', { name })}
      title={t('inspect.back', { name })}
      onClick={() => show({ kind: 'messages' })}
    >
      <X size={15} aria-hidden />
    </button>
  );
  if (!container) {
    return (
      <>
        <div className="flex flex-none items-start gap-2 px-4 pt-3 pb-2">
          <h2 className="min-w-0 truncate font-mono text-h2 font-bold text-ink2 line-through">{name}</h2>
          {close}
        </div>
        <p className="px-4 text-small text-ink2">{t('inspect.gone', { name })}</p>
      </>
    );
  }
  return (
    <>
      <div className="flex flex-none items-start gap-2 px-4 pt-3 pb-2">
        <div className="min-w-0">
          <h2 className="flex items-center gap-2 font-mono text-h2 font-bold text-ink">
            <StateSign status={container.status} />
            <span className="truncate">{container.name}</span>
          </h2>
          <p className="text-label text-ink2">
            {[stateOf(container), meaningOf(container)].filter(Boolean).join(', ')} · <span className="font-mono">{container.image}</span> ·{' '}
            <span className="font-mono">{shortId(container.id)}</span>
          </p>
        </div>
        {close}
      </div>
      <div className="h-[34px] flex-none border-b border-line px-4">
        <TabList
          label={t('inspect.tabs', { name: container.name })}
          active={tab}
          onChoose={(key) => setTab(key)}
          items={tabs.map((key) => ({ key, controls: `inspect-${key}`, label: t(`inspect.${key}` as StringKey) }))}
        />
      </div>
      <div
        role="tabpanel"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reached with the keys
        tabIndex={0}
        id={`inspect-${tab}`}
        aria-labelledby={`tab-inspect-${tab}`}
        className={`min-h-0 flex-1 px-4 py-2 text-label ${tab === 'logs' ? 'flex flex-col' : 'overflow-y-auto'}`}
      >
        {tab === 'processes' && <Processes container={container} />}
        {tab === 'mounts' && <Mounts container={container} />}
        {tab === 'addresses' && <Addresses container={container} />}
        {tab === 'logs' && <Logs container={container} machine={machine} />}
      </div>
    </>
  );
}

function Facts({ items, empty }: { items: readonly { key: string; name: string; lines: readonly ReactNode[] }[]; empty: string }) {
  if (items.length === 0) return <p className="py-1.5 text-ink2">{empty}</p>;
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.key} className="py-2">
          <div className="font-mono break-all text-ink">{item.name}</div>
          {item.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one item, in a fixed order
            <div key={i} className="break-all text-ink2">
              {line}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Processes({ container }: { container: ContainerView }) {
  return (
    <Facts
      empty={t('inspect.noProcesses')}
      items={container.processes.map((process) => ({
        key: String(process.hostPid),
        name: process.command,
        lines: [`${t('inspect.inside', { pid: process.pid, host: process.hostPid })}, ${t('inspect.user')} ${process.user}`],
      }))}
    />
  );
}

function Mounts({ container }: { container: ContainerView }) {
  return (
    <Facts
      empty={t('inspect.noMounts')}
      items={container.mounts.map((mount) => ({
        key: mount.destination,
        name: mount.destination,
        lines: [`${mount.type} ${mount.name ?? mount.source}`, t(mount.readonly ? 'inspect.readonly' : 'inspect.readwrite')],
      }))}
    />
  );
}

function Addresses({ container }: { container: ContainerView }) {
  const connected = container.endpoints.filter((endpoint) => endpoint.address !== '');
  return (
    <Facts
      empty={t('inspect.noAddresses')}
      items={[
        ...connected.map((endpoint) => ({
          key: endpoint.networkId,
          name: `${endpoint.interface} ${endpoint.address}`,
          lines: [endpoint.network, endpoint.mac, endpoint.aliases.join(', ')].filter(Boolean),
        })),
        ...container.ports.map((port) => ({
          key: `${port.containerPort}/${port.protocol}/${port.hostAddress ?? ''}`,
          name: t('inspect.port', { port: `${port.containerPort}/${port.protocol}` }),
          lines: [
            port.hostPort === undefined
              ? t('inspect.portExposed')
              : t('inspect.portPublished', { address: port.hostAddress ?? '', host: port.hostPort }),
          ],
        })),
      ]}
    />
  );
}

/** Asks the daemon, as `docker logs` does; the question shows in the drawing and in the message log. */
function Logs({ container, machine }: { container: ContainerView; machine: string }) {
  const [lines, setLines] = useState<readonly { stream: string; text: string }[] | string | undefined>(undefined);
  const { id, tty } = container;
  const ask = useCallback(() => {
    request(machine, {
      url: `http://localhost/v1.50/containers/${id}/logs?stdout=1&stderr=1&tail=200`,
      socket: '/var/run/docker.sock',
      method: 'GET',
      headers: [],
      body: '',
    }).then(
      (answer) => setLines(demultiplex(answer.body, tty)),
      (error: Error) => setLines(error.message),
    );
  }, [id, tty, machine]);
  useEffect(ask, [ask]);
  const list = useFollow<HTMLPreElement>(lines);
  return (
    <>
      <div className="flex flex-none items-center gap-2 pb-2 text-ink2">
        <span className="min-w-0 flex-1">{t('inspect.logsAsk')}</span>
        <button type="button" className="button button-outline" onClick={ask}>
          <RotateCw size={13} aria-hidden />
          {t('inspect.refresh')}
        </button>
      </div>
      {lines === undefined && <p className="text-ink2">{t('inspect.logsWait')}</p>}
      {typeof lines === 'string' && <p className="text-bad">{lines}</p>}
      {typeof lines === 'object' &&
        (lines.length === 0 ? (
          <p className="text-ink2">{t('inspect.noLogs')}</p>
        ) : (
          <pre ref={list} className="min-h-0 flex-1 overflow-y-auto font-mono text-print break-words whitespace-pre-wrap text-ink">
            {lines.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a log's lines keep their order
              <div key={i} className={`pl-[2ch] -indent-[2ch] ${line.stream === 'stderr' ? 'text-ink2' : ''}`}>
                {line.text}
              </div>
            ))}
          </pre>
        ))}
    </>
  );
}
