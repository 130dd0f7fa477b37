import { Columns2, Moon, PanelLeft, RotateCcw, Rows2, SquareTerminal, Sun, Workflow } from 'lucide-react';
import { reset } from '../../state/actions.ts';
import { useApp } from '../../state/app.ts';
import { change, currentTheme, useSettings } from '../../state/settings.ts';
import { t } from '../../state/strings/index.ts';
import { canBeside, flat, narrow, single, useMedia, wide } from '../ui/useMedia.ts';
import { Wordmark } from '../ui/Wordmark.tsx';

export function TopBar() {
  const theme = useSettings((settings) => settings.theme);
  const arrangement = useSettings((settings) => settings.arrangement);
  const drawer = useApp((state) => state.sheetOpen);
  const isPhone = useMedia(single);
  const isFlat = useMedia(flat);
  const besideFits = useMedia(canBeside);
  const isNarrow = useMedia(narrow);
  const isWide = useMedia(wide);
  useMedia('(prefers-color-scheme: light)');
  const now = currentTheme(theme);
  const beside = (arrangement ?? (isWide ? 'beside' : 'stacked')) === 'beside';
  return (
    <header className="app-top flex items-center gap-3 pr-3 pl-4 single:pr-2">
      <button
        type="button"
        className="button button-outline absolute top-1.5 left-2 z-40 -translate-y-14 bg-s1 focus:translate-y-0"
        onClick={() => document.querySelector<HTMLElement>('.xterm-helper-textarea')?.focus()}
      >
        {t('app.skip')}
      </button>
      <h1 className="flex items-center">
        <Wordmark />
      </h1>
      {!isPhone && <span className="border-l border-line pl-3.5 text-small font-medium text-ink">{t('app.freePlay')}</span>}
      <div className="ml-auto flex items-center gap-1">
        {isPhone ? (
          <PaneChoice />
        ) : (
          <>
            {isNarrow && (
              <button type="button" className="button" aria-pressed={drawer} onClick={() => useApp.setState({ sheetOpen: !drawer })}>
                <PanelLeft size={15} aria-hidden />
                {t('free.try')}
              </button>
            )}
            {besideFits && !isFlat && (
              <button type="button" className="button" onClick={() => change({ arrangement: beside ? 'stacked' : 'beside' })}>
                {beside ? <Rows2 size={15} aria-hidden /> : <Columns2 size={15} aria-hidden />}
                {beside ? t('app.stacked') : t('app.sideBySide')}
              </button>
            )}
            <button type="button" className="button" onClick={reset}>
              <RotateCcw size={14} aria-hidden />
              {t('app.reset')}
            </button>
          </>
        )}
        <button
          type="button"
          className="button"
          aria-label={now === 'dark' ? t('app.theme.toLight') : t('app.theme.toDark')}
          title={now === 'dark' ? t('app.theme.toLight') : t('app.theme.toDark')}
          onClick={() => change({ theme: now === 'dark' ? 'light' : 'dark' })}
        >
          {now === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
        </button>
      </div>
    </header>
  );
}

/** A phone shows one pane at a time. */
function PaneChoice() {
  const pane = useApp((state) => state.pane);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar of two toggles, not a form
    <div
      role="group"
      aria-label={t('app.view')}
      className="flex overflow-hidden rounded-control shadow-[inset_0_0_0_1px_var(--color-edge)]"
    >
      {(['terminal', 'diagram'] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={pane === name}
          className={`button rounded-none px-3.5 ${pane === name ? '' : '!shadow-none'}`}
          onClick={() => useApp.setState({ pane: name })}
        >
          {name === 'terminal' ? <SquareTerminal size={15} aria-hidden /> : <Workflow size={15} aria-hidden />}
          {t(`app.${name}`)}
        </button>
      ))}
    </div>
  );
}
