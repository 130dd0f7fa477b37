import { useView } from '../../state/app.ts';
import { t } from '../../state/strings/index.ts';
import { ScrollRow } from '../ui/ScrollRow.tsx';
import { typeCommand } from './bus.ts';
import { suggestions } from './suggestions.ts';
import { useBusy } from './useBusy.ts';

/** A few commands that make sense now; a click puts one at the prompt. */
export function Chips() {
  const containers = useView((view) => view?.machines.get('node1')?.containers);
  const busy = useBusy();
  return (
    <ScrollRow className="term-chips flex items-center gap-2 px-[18px] py-2">
      <span className={`mr-1 flex-none text-label text-ink2 ${busy ? '' : 'single:hidden'}`}>
        {busy ? t('term.busyShort') : t('term.try')}
      </span>
      <span id="chips-busy" hidden>
        {t('term.busy')}
      </span>
      {suggestions([...(containers?.values() ?? [])]).map((command) => (
        <button
          key={command}
          type="button"
          className="chip"
          aria-disabled={busy}
          aria-describedby={busy ? 'chips-busy' : undefined}
          title={busy ? t('term.busy') : undefined}
          onClick={() => typeCommand(command)}
        >
          {command}
        </button>
      ))}
    </ScrollRow>
  );
}
