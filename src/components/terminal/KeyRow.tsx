import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { t } from '../../state/strings/index.ts';
import type { ActiveTerminal } from './bus.ts';

const keys: readonly (readonly [name: string, data: string, label: ReactNode])[] = [
  ['Tab', '\t', 'Tab'],
  ['Esc', '\x1b', 'Esc'],
  ['Left', '\x1b[D', <ArrowLeft key="l" size={16} aria-hidden />],
  ['Up', '\x1b[A', <ArrowUp key="u" size={16} aria-hidden />],
  ['Down', '\x1b[B', <ArrowDown key="d" size={16} aria-hidden />],
  ['Right', '\x1b[C', <ArrowRight key="r" size={16} aria-hidden />],
  ['Pipe', '|', '|'],
];

/** Keys that a touch keyboard lacks. Ctrl latches: the next key is sent with it. */
export function KeyRow({ terminal }: { terminal(): ActiveTerminal | undefined }) {
  const [ctrl, setCtrl] = useState(false);
  const latch = () => {
    terminal()?.latchCtrl(ctrl ? undefined : setCtrl);
    setCtrl(!ctrl);
    terminal()?.focus();
  };
  return (
    <div role="toolbar" aria-label={t('term.keys')} className="flex gap-1.5 border-t border-line bg-bg px-2.5 py-1.5">
      <button
        type="button"
        aria-pressed={ctrl}
        className={`key-cap ${ctrl ? 'outline-2 -outline-offset-2 outline-ink' : ''}`}
        onPointerDown={(event) => event.preventDefault()}
        onClick={latch}
      >
        Ctrl
      </button>
      {keys.map(([name, data, label]) => (
        <button
          key={name}
          type="button"
          aria-label={name}
          className="key-cap"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            terminal()?.type(data);
            terminal()?.focus();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
