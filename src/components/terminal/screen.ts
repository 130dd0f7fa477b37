/**
 * A tab's terminal on the page: its elements, and xterm.js joined to a terminal of the world. Made without React, because the first
 * one answers keys before the rest of the page is there; `TerminalView` takes its element in.
 */
import { loadEngine } from '../../state/actions.ts';
import { useApp } from '../../state/app.ts';
import { useSettings } from '../../state/settings.ts';
import { t } from '../../state/strings/index.ts';
import { restOfStyles } from '../app/styles.ts';
import type { TerminalController } from './controller.ts';

export class TerminalScreen {
  readonly key: number;
  /** Holds the screen and its transcript; fills what it is put into. */
  readonly element = document.createElement('div');
  /** Settles when xterm.js stands; rejects when its code or the engine did not come. */
  readonly controller: Promise<TerminalController>;
  /** Settles when the terminal has shown its first prompt and taken the keys that came before. */
  readonly opened: Promise<void>;
  readonly #host = document.createElement('div');
  readonly #log = document.createElement('div');
  #resolveOpened!: () => void;
  #terminal: TerminalController | undefined;
  #gone = false;

  constructor(key: number, into?: Element) {
    this.key = key;
    this.element.className = 'term-tab';
    this.#host.className = 'term-screen';
    this.#log.className = 'visually-hidden';
    this.#log.setAttribute('role', 'log');
    this.#log.setAttribute('aria-label', t('term.transcript'));
    this.#log.dataset.transcript = String(key);
    this.element.append(this.#host, this.#log);
    into?.append(this.element);
    this.opened = new Promise((resolve) => {
      this.#resolveOpened = resolve;
    });
    this.controller = this.#join();
    this.controller.catch((error: unknown) => useApp.setState({ status: 'failed', error: String(error) }));
  }

  /** The terminal that chips and measuring tools speak to. */
  makeActive(): void {
    const terminal = this.#terminal;
    if (!terminal) return;
    window.__terminal = {
      ready: true,
      text: () => (window.__early ? (document.querySelector('#early pre')?.textContent ?? '') : terminal.text()),
    };
  }

  dispose(): void {
    this.#gone = true;
    this.#terminal?.dispose();
    this.#terminal = undefined;
    this.element.remove();
  }

  async #join(): Promise<TerminalController> {
    const { key } = this;
    const [{ TerminalController }, engine] = await Promise.all([import('./controller.ts'), loadEngine(), restOfStyles()]);
    const first = key === 1;
    const terminal = await TerminalController.create({
      host: this.#host,
      transcript: this.#log,
      fontSize: useSettings.getState().fontSize,
      welcome: first,
      savesScreen: first,
      onData: (data) => engine.input(key, data),
      onResize: (rows, columns) => engine.resize(key, rows, columns),
    });
    if (this.#gone) terminal.dispose();
    this.#terminal = terminal;
    let handedOver = false;
    const handOver = () => {
      if (handedOver || this.#gone) return;
      handedOver = true;
      this.#takeKeys(terminal, engine.booted);
    };
    let attached = false;
    const attaching = engine.attach(key, {
      write: (data) => terminal.write(data, () => attached && terminal.prompts() && handOver()),
      size: () => terminal.size(),
    });
    void attaching
      .then((broughtBack) => {
        attached = true;
        // A session that was brought back has its screen already; a fresh one hands over with its first prompt.
        if (broughtBack) terminal.write(new Uint8Array(), handOver);
      })
      .catch((error: unknown) => useApp.setState({ status: 'failed', error: String(error) }));
    if (useApp.getState().activeTab === key) this.makeActive();
    return terminal;
  }

  /** The stand-in of index.html stays until the first terminal shows a prompt, then its keys come over. */
  #takeKeys(terminal: TerminalController, booted: () => void): void {
    const early = this.key === 1 ? window.__early : undefined;
    const typed = early?.take() ?? '';
    if (useApp.getState().activeTab === this.key) terminal.focus();
    early?.remove();
    if (this.key === 1) delete window.__early;
    booted();
    terminal.opened(typed);
    this.#resolveOpened();
  }
}

let first: TerminalScreen | undefined;

/** Opens the first tab's terminal in index.html's stand-in of the page. */
export function openFirstScreen(): TerminalScreen {
  first = new TerminalScreen(1, document.querySelector('#root .term-body') ?? undefined);
  return first;
}

/** The terminal that was opened before the page, once; a fresh one for every other tab. */
export function screenFor(key: number): TerminalScreen {
  const opened = key === 1 ? first : undefined;
  first = undefined;
  return opened ?? new TerminalScreen(key);
}
