import type { KeyboardEvent, ReactNode } from 'react';

export interface TabItem<K extends string | number> {
  readonly key: K;
  readonly label: ReactNode;
  readonly controls: string;
  /** Beside the tab, not in it: a close button. */
  readonly after?: ReactNode;
}

/** A row of tabs with the keys that ARIA names: arrows move and choose, Home and End go to the ends. */
export function TabList<K extends string | number>({
  label,
  items,
  active,
  onChoose,
}: {
  label: string;
  items: readonly TabItem<K>[];
  active: NoInfer<K>;
  onChoose(key: K): void;
}) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = items.findIndex((item) => item.key === active);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined || !(event.target as HTMLElement).matches('[role=tab]')) return;
    event.preventDefault();
    const next = items[(to + items.length) % items.length]!;
    onChoose(next.key);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="flex h-full items-stretch gap-5" onKeyDown={move}>
      {items.map((item) => (
        <span key={item.key} role="presentation" className="flex items-center gap-1">
          <button
            type="button"
            role="tab"
            data-tab={item.key}
            id={`tab-${item.controls}`}
            aria-selected={item.key === active}
            aria-controls={item.controls}
            tabIndex={item.key === active ? 0 : -1}
            className="tab"
            onClick={() => onChoose(item.key)}
          >
            {item.label}
          </button>
          {item.after}
        </span>
      ))}
    </div>
  );
}
