import { useEffect, useRef } from 'react';
import { loadEngine } from '../../state/actions.ts';
import { type TerminalTab, useApp } from '../../state/app.ts';
import { useSettings } from '../../state/settings.ts';
import { t } from '../../state/strings/index.ts';
import { setActiveTerminal } from './bus.ts';
import type { TerminalController } from './controller.ts';

/** One tab's terminal: joins an xterm.js to a terminal of the world. */
export function TerminalView({
  tab,
  active,
  onController,
}: {
  tab: TerminalTab;
  active: boolean;
  onController(c: TerminalController | undefined): void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const transcript = useRef<HTMLDivElement>(null);
  const controller = useRef<TerminalController | undefined>(undefined);
  const fontSize = useSettings((settings) => settings.fontSize);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one xterm.js per tab, for the tab's life
  useEffect(() => {
    let gone = false;
    const join = async () => {
      const [{ TerminalController }, engine] = await Promise.all([import('./controller.ts'), loadEngine()]);
      if (gone || !host.current || !transcript.current) return;
      const first = tab.key === 1;
      const terminal = new TerminalController({
        host: host.current,
        transcript: transcript.current,
        fontSize: useSettings.getState().fontSize,
        welcome: first,
        savesScreen: first,
        onData: (data) => engine.input(tab.key, data),
        onResize: (rows, columns) => engine.resize(tab.key, rows, columns),
      });
      controller.current = terminal;
      // The stand-in of index.html stays until this terminal shows a prompt, then its keys come over.
      let handedOver = false;
      const takeOver = () => {
        if (handedOver) return;
        handedOver = true;
        const early = first ? window.__early : undefined;
        const typed = early?.take() ?? '';
        const focused =
          document.activeElement === document.body || document.activeElement?.closest('#early') || useApp.getState().activeTab === tab.key;
        if (active && focused) terminal.focus();
        early?.remove();
        if (first) delete window.__early;
        engine.booted();
        terminal.opened(typed);
        // The drawing loads when the first keys have been answered.
        setTimeout(() => useApp.setState({ settled: true }), 50);
      };
      let settled = false;
      await engine.attach(tab.key, {
        write(data) {
          terminal.write(data, () => {
            if (settled) takeOver();
          });
        },
        size: () => terminal.size(),
      });
      settled = true;
      // A session that was brought back has its screen already; a fresh one hands over with its first output.
      if (tab.terminal !== undefined) terminal.write(new Uint8Array(), takeOver);
      if (active) makeActive();
      onController(terminal);
    };
    join().catch((error: unknown) => useApp.setState({ status: 'failed', error: String(error) }));
    return () => {
      gone = true;
      controller.current?.dispose();
      controller.current = undefined;
      onController(undefined);
    };
  }, [tab.key]);

  const makeActive = () => {
    const terminal = controller.current;
    if (!terminal) return;
    setActiveTerminal(terminal);
    window.__terminal = {
      ready: true,
      text: () => (window.__early ? (document.querySelector('#early pre')?.textContent ?? '') : terminal.text()),
    };
  };

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
      role="tabpanel"
      id={`terminal-${tab.key}`}
      aria-labelledby={`tab-terminal-${tab.key}`}
      className="absolute inset-0"
      hidden={!active}
    >
      <div ref={host} className="term-screen" />
      <div ref={transcript} role="log" aria-label={t('term.transcript')} className="visually-hidden" data-transcript={tab.key} />
    </div>
  );
}
