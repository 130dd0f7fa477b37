/** One xterm.js terminal: its looks, keys, addons, and what it offers to the page. A lazy part, because xterm.js is large. */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { screenKey } from '../../state/early.ts';
import { fontSizes } from '../../state/settings.ts';
import { tab } from '../../state/storage.ts';
import { t } from '../../state/strings/index.ts';
import { turn } from '../../state/turn.ts';
import { saveScreen } from './savedScreen.ts';
import { terminalTheme } from './theme.ts';
import { Transcript } from './transcript.ts';
import { welcome } from './welcome.ts';

export interface ControllerOptions {
  host: HTMLElement;
  /** Where the lines for screen readers go. */
  transcript: HTMLElement;
  fontSize: number;
  /** The first terminal says what to try. */
  welcome: boolean;
  /** This terminal's screen is the one that a reload shows at once. */
  savesScreen: boolean;
  onData(data: string): void;
  onResize(rows: number, columns: number): void;
}

const family = "'JetBrains Mono', 'JetBrains Mono Fallback', monospace";

/** Of JetBrains Mono and of the face that stands in for it, in units of the font size. */
const naturalHeight = 1.32;
/** A row is 20 px high at 13 px, and in proportion at other sizes. The hundredth keeps a rounding from taking a pixel. */
const rowHeight = (fontSize: number): number => Math.round((fontSize * 20) / 13) + 0.01;

export class TerminalController {
  readonly #term: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #options: ControllerOptions;
  readonly #observer: ResizeObserver;
  readonly #gone: (() => void)[] = [];
  readonly #written: { readonly data: Uint8Array; readonly done: (() => void) | undefined }[] = [];
  /**
   * Esc was pressed, and waits for the next key: before Tab it leaves the terminal and no program sees it. A full-screen program
   * (vi) gets it at once; a shell does nothing before the next key anyway.
   */
  #escaped = false;
  /** Keys are kept until the world's terminal is open. */
  #open = false;
  #waiting = '';
  #ctrl: ((on: boolean) => void) | undefined;

  /** Makes a terminal on the page, in pieces between which keys are taken. */
  static async create(options: ControllerOptions): Promise<TerminalController> {
    const made = new TerminalController(options);
    await turn();
    made.#term.open(options.host);
    made.#term.textarea?.setAttribute('aria-label', t('term.region', { machine: 'node1' }));
    await turn();
    made.#begin();
    return made;
  }

  private constructor(options: ControllerOptions) {
    this.#options = options;
    this.#term = new Terminal({
      allowProposedApi: true,
      cursorBlink: false,
      cursorInactiveStyle: 'outline',
      fontFamily: family,
      fontSize: options.fontSize,
      fontWeight: 400,
      fontWeightBold: 700,
      drawBoldTextInBrightColors: false,
      lineHeight: rowHeight(options.fontSize) / (options.fontSize * naturalHeight),
      scrollback: 5000,
      // A program may set any two of the sixteen colours on each other (ls: black on green); both themes stay readable.
      minimumContrastRatio: 4.5,
      theme: terminalTheme(),
      linkHandler: { activate: (_event, url) => openLink(url) },
    });
    const term = this.#term;
    term.loadAddon(this.#fit);
    term.loadAddon(this.#search);
    term.loadAddon(new Unicode11Addon());
    term.unicode.activeVersion = '11';
    term.loadAddon(new WebLinksAddon((_event, url) => openLink(url)));
    term.attachCustomKeyEventHandler((event) => this.#key(event));
    this.#observer = new ResizeObserver(() => this.fit());
  }

  #begin(): void {
    const term = this.#term;
    const options = this.#options;
    this.fit();
    if (options.welcome) term.write(welcome(term.cols));
    const transcript = new Transcript(options.transcript, term);
    this.#options.host.addEventListener('focusout', () => {
      this.#escaped = false;
    });
    term.onData((data) => this.#data(data));
    term.onResize(({ rows, cols }) => options.onResize(rows, cols));
    this.#observer.observe(options.host);
    const theme = new MutationObserver(() => {
      term.options.theme = terminalTheme();
    });
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    this.#gone.push(
      () => theme.disconnect(),
      () => transcript.dispose(),
    );
    if (options.savesScreen) this.#keepScreen();
    // A font that comes late has other measures than its stand-in.
    void document.fonts.load(`${options.fontSize}px 'JetBrains Mono'`).then(() => {
      term.options.fontFamily = `${family}, monospace`;
      this.#setLineHeight();
      this.fit();
    });
  }

  /**
   * Output of the world's terminal; `done` when it stands on the screen. What comes in one task is written as one piece: xterm.js
   * handles the first piece after a key at once, and others only when a timer lets it.
   */
  write(data: Uint8Array, done?: () => void): void {
    if (this.#written.length === 0) queueMicrotask(() => this.#flush());
    this.#written.push({ data, done });
  }

  #flush(): void {
    const pieces = this.#written.splice(0);
    const whole = new Uint8Array(pieces.reduce((sum, { data }) => sum + data.length, 0));
    let at = 0;
    for (const { data } of pieces) {
      whole.set(data, at);
      at += data.length;
    }
    this.#term.write(whole, () => {
      for (const { done } of pieces) done?.();
    });
  }

  /** Something stands on the cursor's line. */
  prompts(): boolean {
    return this.#term.buffer.active.cursorX > 0;
  }

  size(): { rows: number; columns: number } {
    return { rows: this.#term.rows, columns: this.#term.cols };
  }

  /** The world's terminal takes keys now; those typed before come first. */
  opened(typedBefore: string): void {
    this.#open = true;
    const keys = typedBefore + this.#waiting;
    this.#waiting = '';
    if (keys !== '') this.#options.onData(keys);
  }

  /** Types into the terminal as a person would. */
  type(data: string): void {
    this.#term.input(data, true);
    this.#term.scrollToBottom();
  }

  paste(text: string): void {
    this.#term.paste(text);
  }

  focus(): void {
    this.#term.focus();
  }

  /** The next key is sent with Ctrl. `release` is told when it has been used. */
  latchCtrl(release: ((on: boolean) => void) | undefined): void {
    this.#ctrl = release;
  }

  setFontSize(size: number): void {
    this.#term.options.fontSize = Math.min(fontSizes.max, Math.max(fontSizes.min, size));
    this.#setLineHeight();
    this.fit();
  }

  fit(): void {
    const { offsetWidth, offsetHeight } = this.#options.host;
    if (offsetWidth <= 40 || offsetHeight <= 20) return;
    // Who looks at the newest lines goes on doing so: a narrower screen breaks lines anew, and a lower one has fewer.
    const { viewportY, baseY } = this.#term.buffer.active;
    this.#fit.fit();
    if (viewportY === baseY) this.#term.scrollToBottom();
  }

  find(text: string, direction: 'next' | 'previous', incremental = false): boolean {
    const css = getComputedStyle(document.documentElement);
    const colour = (name: string) => css.getPropertyValue(`--color-${name}`).trim();
    const options = {
      incremental,
      decorations: {
        matchBackground: colour('sel'),
        activeMatchBackground: colour('s3'),
        activeMatchBorder: colour('ink'),
        matchOverviewRuler: colour('edge'),
        activeMatchColorOverviewRuler: colour('ink'),
      },
    };
    return direction === 'next' ? this.#search.findNext(text, options) : this.#search.findPrevious(text, options);
  }

  endSearch(): void {
    this.#search.clearDecorations();
    this.#term.clearSelection();
    this.focus();
  }

  /** The visible screen as text. */
  text(): string {
    const buffer = this.#term.buffer.active;
    const lines: string[] = [];
    for (let y = 0; y < this.#term.rows; y++) lines.push(buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '');
    return lines.join('\n');
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#gone.forEach((undo) => undo());
    this.#term.dispose();
  }

  #data(data: string): void {
    if (this.#escaped) {
      data = `\x1b${data}`;
      this.#escaped = false;
    }
    if (this.#ctrl && /^[a-z@[\\\]^_ ]$/i.test(data)) {
      data = String.fromCharCode(data.toUpperCase().charCodeAt(0) & 31);
      this.#ctrl(false);
      this.#ctrl = undefined;
    }
    if (this.#open) this.#options.onData(data);
    else this.#waiting += data;
  }

  /** False: the browser's key, not the terminal's. */
  #key(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    if (event.key === 'Tab' && this.#escaped) {
      this.#escaped = false;
      return false;
    }
    if (event.key === 'Escape' && this.#term.buffer.active.type === 'normal' && !event.altKey && !event.ctrlKey) {
      if (this.#escaped) this.#data('');
      this.#escaped = true;
      return false;
    }
    if (event.ctrlKey && event.shiftKey && event.code === 'KeyC') {
      const text = this.#term.getSelection();
      if (text) void navigator.clipboard?.writeText(text);
      event.preventDefault();
      return false;
    }
    if (event.ctrlKey && event.shiftKey && event.code === 'KeyV') return false; // the browser pastes
    if (event.ctrlKey && event.shiftKey && event.code === 'KeyF') {
      event.preventDefault();
      this.#options.host.dispatchEvent(new CustomEvent('terminal-search', { bubbles: true }));
      return false;
    }
    return true;
  }

  /** xterm.js multiplies the height of its measured glyph. */
  #setLineHeight(): void {
    const wanted = rowHeight(this.#term.options.fontSize ?? fontSizes.default);
    this.#term.options.lineHeight = 1;
    const screen = this.#term.element?.querySelector<HTMLElement>('.xterm-screen');
    const natural = screen ? screen.offsetHeight / this.#term.rows : wanted;
    if (natural > 0) this.#term.options.lineHeight = Math.max(1, wanted / natural);
  }

  #keepScreen(): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = () => {
      clearTimeout(timer);
      timer = undefined;
      if (!this.#open) return;
      // Without room for it the next load begins with the welcome, and the replay mends that.
      tab.set(screenKey, JSON.stringify(saveScreen(this.#term)));
    };
    this.#term.onRender(() => {
      timer ??= setTimeout(save, 1000);
    });
    addEventListener('pagehide', save);
    this.#gone.push(() => {
      clearTimeout(timer);
      removeEventListener('pagehide', save);
    });
  }
}

function openLink(url: string): void {
  document.dispatchEvent(new CustomEvent('drydock-link', { detail: url }));
}
