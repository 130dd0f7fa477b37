import { Suspense, useEffect, useRef } from 'react';
import { show, useApp } from '../../state/app.ts';
import { change, leftWidths, splits, useSettings } from '../../state/settings.ts';
import { t } from '../../state/strings/index.ts';
import { PaneWaiting } from '../diagrams/PaneWaiting.tsx';
import { FilePanel } from '../editor/FilePanel.tsx';
import { TerminalPane } from '../terminal/TerminalPane.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { lazyPart } from '../ui/lazyPart.ts';
import { Splitter } from '../ui/Splitter.tsx';
import { canBeside, flat, narrow, single, useMedia, wide } from '../ui/useMedia.ts';
import { useStages } from '../ui/useStages.ts';
import { Wordmark } from '../ui/Wordmark.tsx';
import { FreePlay } from './FreePlay.tsx';
import { Notices } from './Notices.tsx';
import { Restoring } from './Restoring.tsx';
import { Sheet } from './Sheet.tsx';
import { TopBar } from './TopBar.tsx';

const DiagramPane = lazyPart(() => import('../diagrams/DiagramPane.tsx'));

export function App() {
  const { left, leftFolded, split, arrangement } = useSettings();
  const pane = useApp((state) => state.pane);
  const timelineOpen = useApp((state) => state.timelineOpen);
  const drawer = useApp((state) => state.sheetOpen);
  const settled = useApp((state) => state.settled);
  const restoring = useApp((state) => state.status === 'replaying');
  const isPhone = useMedia(single);
  const isNarrow = useMedia(narrow);
  const isWide = useMedia(wide);
  const isFlat = useMedia(flat);
  const besideFits = useMedia(canBeside);
  // The terminal is taken over first; then the bar, the left and the rest, as pieces.
  const stage = useStages(3);
  const beside = isFlat || (besideFits && (arrangement ?? (isWide ? 'beside' : 'stacked')) === 'beside');
  const work = useRef<HTMLDivElement>(null);

  // A link in the terminal goes where the machine's own curl would go: through the simulated network.
  useEffect(() => {
    const open = (event: Event) => {
      show({ kind: 'preview', url: (event as CustomEvent<string>).detail });
      useApp.setState({ pane: 'diagram' });
    };
    document.addEventListener('drydock-link', open);
    return () => document.removeEventListener('drydock-link', open);
  }, []);

  const size = () => (beside ? work.current?.offsetWidth : work.current?.offsetHeight) ?? 1;
  // Stacked, `split` is the diagram's height; side by side it is the diagram's width, on the right.
  const bounds = beside ? { min: 360 / size(), max: 1 - 320 / size() } : { min: 280 / size(), max: 1 - 160 / size() };
  return (
    <div className="app">
      <div className="app-head">
        {stage >= 1 ? <TopBar /> : <BareBar />}
        <Notices />
      </div>
      {!isPhone && (
        <aside className="app-left" aria-label={t('app.freePlay')} data-drawer={isNarrow && drawer ? 'open' : 'shut'}>
          {stage >= 2 && <FreePlay folded={leftFolded && !isNarrow} />}
          {stage >= 2 && !leftFolded && !isNarrow && (
            <Splitter
              label={t('split.left')}
              orientation="vertical"
              value={left}
              min={leftWidths.min}
              max={leftWidths.max}
              perPixel={() => 1}
              style={{ right: -5 }}
              onChange={(value) => change({ left: Math.round(value) })}
              onReset={() => change({ left: leftWidths.default })}
            />
          )}
        </aside>
      )}
      <main className="app-work relative" ref={work}>
        <section
          className="app-diagram"
          id="pane-diagram"
          aria-label={t('app.diagram')}
          data-phone={pane === 'diagram' ? 'shown' : 'hidden'}
        >
          {restoring ? (
            <PaneWaiting>
              <Restoring />
            </PaneWaiting>
          ) : settled ? (
            <Suspense fallback={<PaneWaiting />}>
              <DiagramPane />
              <FilePanel />
            </Suspense>
          ) : (
            <PaneWaiting />
          )}
        </section>
        <TerminalPane hiddenOnPhone={pane !== 'terminal'} />
        {stage >= 3 && !isPhone && (
          <Splitter
            label={beside ? t('split.diagramWide') : t('split.diagram')}
            orientation={beside ? 'vertical' : 'horizontal'}
            value={split}
            min={Math.max(0.1, bounds.min)}
            max={Math.min(0.9, bounds.max)}
            perPixel={() => (beside ? -1 : 1) / size()}
            style={beside ? { right: `calc(${split * 100}% - 4px)` } : { top: `calc(max(280px, ${split * 100}%) - 4px)` }}
            onChange={(value) => change({ split: Math.round(value * 1000) / 1000 })}
            onReset={() => change({ split: splits.default })}
          />
        )}
      </main>
      <div className="app-bottom">
        {stage >= 3 && (!isPhone || timelineOpen) && <Timeline />}
        {isPhone && <Sheet />}
      </div>
    </div>
  );
}

/** The bar as index.html draws it, until the real one stands. */
function BareBar() {
  return (
    <div className="app-top app-top-bare">
      <Wordmark />
    </div>
  );
}
