import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useApp, useView } from '../../state/app.ts';
import { change } from '../../state/settings.ts';
import { type StringKey, t, tn } from '../../state/strings/index.ts';
import { typeCommand } from '../terminal/bus.ts';
import { useBusy } from '../terminal/useBusy.ts';
import { Scroller } from '../ui/Scroller.tsx';
import { Earlier } from './Earlier.tsx';

const commands: readonly (readonly [command: string, what: StringKey])[] = [
  ['docker run hello-world', 'free.hello'],
  ['docker run -d -p 8080:80 --name web nginx', 'free.web'],
  ['docker ps', 'free.ps'],
  ['curl localhost:8080', 'free.curl'],
  ['docker exec -it web sh', 'free.exec'],
  ['docker logs -f web', 'free.logs'],
  ['docker rm -f web', 'free.rm'],
  ['docker run -it ubuntu bash', 'free.ubuntu'],
  ['curl -s --unix-socket /var/run/docker.sock http://localhost/v1.50/containers/json | jq', 'free.api'],
];

/** The left panel while no lesson is open: what there is now, and commands to try. */
export function FreePlay({ folded }: { folded: boolean }) {
  if (folded) {
    return (
      <div className="flex h-full flex-col items-center gap-3 py-2">
        <button
          type="button"
          className="button"
          aria-label={t('app.panel.open')}
          title={t('app.panel.open')}
          onClick={() => change({ leftFolded: false })}
        >
          <PanelLeftOpen size={16} aria-hidden />
        </button>
        <span className="rotate-180 text-small font-medium text-ink2 [writing-mode:vertical-rl]">{t('app.freePlay')}</span>
      </div>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <Scroller label={t('free.try')} className="flex-1" inside="px-5 pt-4 pb-7">
        <div>
          <div className="flex items-center justify-between">
            <h2 className="text-h1 font-bold tracking-[-0.01em]">{t('app.freePlay')}</h2>
            <button
              type="button"
              className="button max-[1099.9px]:hidden"
              aria-label={t('app.panel.fold')}
              title={t('app.panel.fold')}
              onClick={() => change({ leftFolded: true })}
            >
              <PanelLeftClose size={16} aria-hidden />
            </button>
          </div>
          <p className="mt-1.5 text-body text-ink2">{t('free.lead')}</p>
          <h3 className="mt-6 text-h2 font-bold">{t('free.try')}</h3>
          <TryList />
          <Earlier />
        </div>
      </Scroller>
      <Foot />
    </div>
  );
}

export function TryList() {
  const busy = useBusy();
  return (
    <>
      <p id="try-hint" className="text-label text-ink2">
        {busy ? t('term.busy') : t('free.tryHint')}
      </p>
      <ol className="mt-3 -mx-2">
        {commands.map(([command, what], i) => (
          <li key={command}>
            <button
              type="button"
              className="group flex w-full gap-3 rounded-control px-2 py-2 text-left transition-colors not-aria-disabled:hover:bg-s3 aria-disabled:cursor-default"
              aria-disabled={busy}
              aria-describedby={busy ? 'try-hint' : undefined}
              onClick={() => {
                if (typeCommand(command)) useApp.setState({ sheetOpen: false, pane: 'terminal' });
              }}
            >
              <span
                aria-hidden="true"
                className="mt-px flex size-5 flex-none items-center justify-center rounded-pill border border-edge text-print font-medium text-ink2"
              >
                {i + 1}
              </span>
              <span className="min-w-0">
                <code className="block font-mono text-label break-words text-ink group-aria-disabled:text-ink3">{command}</code>
                <span className="mt-0.5 block text-label text-ink2">{t(what)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function Foot() {
  const machine = useApp((state) => state.machine);
  const ownTab = useApp((state) => state.ownTab);
  const kept = useApp((state) => state.kept);
  const restoring = useApp((state) => state.status === 'replaying');
  const unreadable = useApp((state) => state.unreadable);
  const containers = useView((view) => view?.machines.get(machine)?.containers);
  const images = useView((view) => view?.machines.get(machine)?.images);
  const all = [...(containers?.values() ?? [])];
  return (
    <div className="border-t border-line px-5 py-3.5 text-label text-ink2">
      <p className="text-ink">
        <span className="font-medium">{t('free.now', { machine })}</span>
        <br />
        {restoring
          ? t('term.replaying')
          : t('free.counts', {
              running: all.filter((container) => container.status === 'running').length,
              containers: all.length,
              images: tn('count.images', images?.size ?? 0),
            })}
      </p>
      <p className="mt-2">
        {unreadable !== undefined
          ? t('free.unreadable', { reason: unreadable })
          : !kept
            ? t('free.notKept')
            : ownTab
              ? t('free.ownTab')
              : t('free.kept')}
      </p>
    </div>
  );
}
