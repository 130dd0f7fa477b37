import { useView } from '../../state/app.ts';
import { t } from '../../state/strings/index.ts';
import { ScrollRow } from '../ui/ScrollRow.tsx';
import { typeCommand } from './bus.ts';
import { suggestions } from './suggestions.ts';

/** A few commands that make sense now; a click puts one at the prompt. */
export function Chips() {
  const containers = useView((view) => view?.machines.get('node1')?.containers);
  return (
    <ScrollRow className="term-chips flex items-center gap-2 px-[18px] py-2">
      <span className="mr-1 text-label text-ink2 single:hidden">{t('term.try')}</span>
      {suggestions([...(containers?.values() ?? [])]).map((command) => (
        <button key={command} type="button" className="chip" onClick={() => typeCommand(command)}>
          {command}
        </button>
      ))}
    </ScrollRow>
  );
}
