import { AArrowDown, AArrowUp, ArrowDown, ArrowUp, Plus, Search, SquareTerminal, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { closeTab, openTab } from '../../state/actions.ts';
import { useApp } from '../../state/app.ts';
import { change, fontSizes, useSettings } from '../../state/settings.ts';
import { t } from '../../state/strings/index.ts';
import { TabList } from '../ui/TabList.tsx';
import { useMedia } from '../ui/useMedia.ts';
import { activeTerminal, setActiveTerminal } from './bus.ts';
import { Chips } from './Chips.tsx';
import type { TerminalController } from './controller.ts';
import { KeyRow } from './KeyRow.tsx';
import { TerminalView } from './TerminalView.tsx';

export function TerminalPane({ hiddenOnPhone }: { hiddenOnPhone: boolean }) {
  const tabs = useApp((state) => state.tabs);
  const activeTab = useApp((state) => state.activeTab);
  const epoch = useApp((state) => state.epoch);
  const machine = useApp((state) => state.machine);
  const fontSize = useSettings((settings) => settings.fontSize);
  const touch = useMedia('(pointer: coarse)');
  const narrow = useMedia('(max-width: 719.9px)');
  const [searching, setSearching] = useState(false);
  const [focused, setFocused] = useState(false);
  const controllers = useRef(new Map<number, TerminalController>());
  const pane = useRef<HTMLElement>(null);
  const keep = useCallback((key: number, controller: TerminalController | undefined) => {
    if (controller) controllers.current.set(key, controller);
    else controllers.current.delete(key);
    if (controllers.current.size === 0) setActiveTerminal(undefined);
  }, []);

  useEffect(() => {
    const open = () => setSearching(true);
    const element = pane.current;
    element?.addEventListener('terminal-search', open);
    return () => element?.removeEventListener('terminal-search', open);
  }, []);

  return (
    <section
      ref={pane}
      className="app-terminal"
      id="pane-terminal"
      aria-label={t('term.region', { machine })}
      data-phone={hiddenOnPhone ? 'hidden' : 'shown'}
      onFocus={(event) => setFocused(event.target.matches('.xterm-helper-textarea'))}
      onBlur={() => setFocused(false)}
    >
      <div className="pane-head gap-2 pr-3 pl-[18px]">
        <TabList
          label={t('term.tabs')}
          active={activeTab}
          onChoose={(key) => useApp.setState({ activeTab: key })}
          items={tabs.map((tab) => ({
            key: tab.key,
            controls: `terminal-${tab.key}`,
            label: (
              <>
                <SquareTerminal size={14} aria-hidden />
                {tab.name}
              </>
            ),
            after:
              tabs.length > 1 ? (
                <button
                  type="button"
                  className="button !min-h-6 !min-w-6 !p-1"
                  aria-label={t('term.close', { name: tab.name })}
                  title={t('term.close', { name: tab.name })}
                  onClick={() => closeTab(tab.key)}
                >
                  <X size={13} aria-hidden />
                </button>
              ) : undefined,
          }))}
        />
        <button
          type="button"
          className="button"
          aria-label={t('term.new', { machine })}
          title={t('term.new', { machine })}
          onClick={openTab}
        >
          <Plus size={15} aria-hidden />
        </button>
        <TerminalStatus focused={focused} />
        {searching ? (
          <SearchBox
            controller={() => controllers.current.get(activeTab)}
            onClose={() => {
              setSearching(false);
              controllers.current.get(activeTab)?.endSearch();
            }}
          />
        ) : (
          <div className="flex items-center gap-0.5">
            <button
              type="button"
              className="button"
              aria-label={t('term.search')}
              title={`${t('term.search')} (Ctrl-Shift-F)`}
              onClick={() => setSearching(true)}
            >
              <Search size={14} aria-hidden />
            </button>
            <button
              type="button"
              className="button"
              aria-label={t('term.smaller')}
              title={t('term.smaller')}
              aria-disabled={fontSize <= fontSizes.min}
              onClick={() => change({ fontSize: Math.max(fontSizes.min, fontSize - 1) })}
            >
              <AArrowDown size={16} aria-hidden />
            </button>
            <button
              type="button"
              className="button"
              aria-label={t('term.larger')}
              title={t('term.larger')}
              aria-disabled={fontSize >= fontSizes.max}
              onClick={() => change({ fontSize: Math.min(fontSizes.max, fontSize + 1) })}
            >
              <AArrowUp size={16} aria-hidden />
            </button>
          </div>
        )}
      </div>
      <div className="term-body" data-epoch={epoch}>
        {tabs.map((tab) => (
          <TerminalView
            key={`${epoch}/${tab.key}`}
            tab={tab}
            active={tab.key === activeTab}
            onController={(controller) => keep(tab.key, controller)}
          />
        ))}
      </div>
      <Chips />
      {(touch || narrow) && <KeyRow terminal={activeTerminal} />}
    </section>
  );
}

/** One line at the right of the head: what the terminal waits for, and how to leave it. */
function TerminalStatus({ focused }: { focused: boolean }) {
  const status = useApp((state) => state.status);
  const text = {
    starting: '',
    running: '',
    failed: '',
    replaying: t('term.replaying'),
    loading: t('term.waiting'),
    paused: t('term.paused'),
  }[status];
  return (
    // Two lines where one has no room, fewer words where those have none. What would be cut is for screen readers alone.
    <span className="@container ml-auto min-w-0 flex-1 text-right text-label text-balance text-ink2" role="status">
      {text && <span className="sr-only @min-[126px]:not-sr-only @min-[126px]:block">{text}</span>}
      {!text && focused && (
        <>
          <span className="sr-only @min-[196px]:not-sr-only single:!sr-only">{t('term.leave')}</span>
          <span aria-hidden="true" className="hidden @min-[80px]:block @min-[196px]:hidden single:!hidden">
            {t('term.leaveShort')}
          </span>
        </>
      )}
    </span>
  );
}

function SearchBox({ controller, onClose }: { controller(): TerminalController | undefined; onClose(): void }) {
  const [text, setText] = useState('');
  const [found, setFound] = useState(true);
  const find = (what: string, direction: 'next' | 'previous', incremental = false) =>
    setFound(what === '' || (controller()?.find(what, direction, incremental) ?? false));
  return (
    <search className="flex items-center gap-1">
      <input
        className="field w-40"
        // biome-ignore lint/a11y/noAutofocus: the box opens because the person asked to type in it
        autoFocus
        aria-label={t('term.searchBox')}
        placeholder={t('term.searchBox')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          find(event.target.value, 'next', true);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          else if (event.key === 'Enter') find(text, event.shiftKey ? 'previous' : 'next');
        }}
      />
      <span className="text-label text-ink2" role="status">
        {found ? '' : t('term.searchNone')}
      </span>
      <button
        type="button"
        className="button"
        aria-label={t('term.searchPrevious')}
        title={t('term.searchPrevious')}
        onClick={() => find(text, 'previous')}
      >
        <ArrowUp size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="button"
        aria-label={t('term.searchNext')}
        title={t('term.searchNext')}
        onClick={() => find(text, 'next')}
      >
        <ArrowDown size={14} aria-hidden />
      </button>
      <button type="button" className="button" aria-label={t('term.searchClose')} title={t('term.searchClose')} onClick={onClose}>
        <X size={14} aria-hidden />
      </button>
    </search>
  );
}
