import { useEffect, useLayoutEffect, useRef } from 'react';
import type { TerminalTab } from '../../state/app.ts';
import { useSettings } from '../../state/settings.ts';
import { setActiveTerminal } from './bus.ts';
import type { TerminalController } from './controller.ts';
import { screenFor, type TerminalScreen } from './screen.ts';

/** One tab's panel, with its terminal in it. */
export function TerminalView({
  tab,
  active,
  onController,
}: {
  tab: TerminalTab;
  active: boolean;
  onController(c: TerminalController | undefined): void;
}) {
  const panel = useRef<HTMLDivElement>(null);
  const screen = useRef<TerminalScreen | undefined>(undefined);
  const controller = useRef<TerminalController | undefined>(undefined);
  const shown = useRef(active);
  const fontSize = useSettings((settings) => settings.fontSize);
  shown.current = active;

  const makeActive = () => {
    if (!controller.current) return;
    setActiveTerminal(controller.current);
    screen.current?.makeActive();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: one terminal per tab, for the tab's life
  useLayoutEffect(() => {
    let gone = false;
    const mine = screenFor(tab.key);
    screen.current = mine;
    panel.current?.append(mine.element);
    mine.controller.then(
      (terminal) => {
        if (gone) return;
        controller.current = terminal;
        if (shown.current) makeActive();
        // Moving into the panel took the focus away.
        if (shown.current && document.activeElement === document.body && !window.__early) terminal.focus();
        onController(terminal);
      },
      () => {},
    );
    return () => {
      gone = true;
      mine.dispose();
      screen.current = undefined;
      controller.current = undefined;
      onController(undefined);
    };
  }, [tab.key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: makeActive reads refs only
  useEffect(() => {
    if (!active || !controller.current) return;
    makeActive();
    controller.current.fit();
    controller.current.focus();
  }, [active]);

  useEffect(() => controller.current?.setFontSize(fontSize), [fontSize]);

  return (
    <div
      ref={panel}
      role="tabpanel"
      id={`terminal-${tab.key}`}
      aria-labelledby={`tab-terminal-${tab.key}`}
      className="absolute inset-0"
      hidden={!active}
    />
  );
}
