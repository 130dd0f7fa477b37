import { textWidth } from '../../../lib/charWidth.ts';
import type { Hunk } from './myers.ts';
import type { DiffPlan } from './options.ts';

export interface DiffSide {
  /** For the header: a label, or the name and the time. */
  readonly header: string;
  readonly lines: readonly string[];
  readonly terminated: boolean;
}

const NO_NEWLINE = '\n\\ No newline at end of file';
const COLOURS = { header: '1', add: '32', delete: '31', line: '36' } as const;

/** Prints hunks in one of the styles. */
export class DiffFormatter {
  readonly #a: DiffSide;
  readonly #b: DiffSide;
  readonly #plan: DiffPlan;

  constructor(a: DiffSide, b: DiffSide, plan: DiffPlan) {
    this.#a = a;
    this.#b = b;
    this.#plan = plan;
  }

  #paint(kind: keyof typeof COLOURS, text: string): string {
    return this.#plan.colour ? `\x1b[${COLOURS[kind]}m${text}\x1b[0m` : text;
  }

  #line(side: DiffSide, i: number, prefix: string, kind?: 'add' | 'delete'): string {
    const missing = i === side.lines.length - 1 && !side.terminated ? NO_NEWLINE : '';
    const text = prefix + side.lines[i];
    return `${kind === undefined ? text : this.#paint(kind, text)}${missing}\n`;
  }

  format(hunks: readonly Hunk[]): string {
    switch (this.#plan.style) {
      case 'unified':
        return this.#unified(hunks);
      case 'context':
        return this.#context(hunks);
      case 'ed':
        return this.#ed(hunks);
      case 'rcs':
        return this.#rcs(hunks);
      case 'side':
        return this.#side(hunks);
      default:
        return this.#normal(hunks);
    }
  }

  #normal(hunks: readonly Hunk[]): string {
    let out = '';
    const tab = this.#plan.initialTab ? '\t' : ' ';
    for (const h of hunks) {
      const kind = h.a0 === h.a1 ? 'a' : h.b0 === h.b1 ? 'd' : 'c';
      out += `${this.#paint('line', `${range(h.a0, h.a1)}${kind}${range(h.b0, h.b1)}`)}\n`;
      for (let i = h.a0; i < h.a1; i++) out += this.#line(this.#a, i, `<${tab}`, 'delete');
      if (kind === 'c') out += '---\n';
      for (let i = h.b0; i < h.b1; i++) out += this.#line(this.#b, i, `>${tab}`, 'add');
    }
    return out;
  }

  /** Hunks that are closer than twice the context share a group. */
  #groups(hunks: readonly Hunk[]): Hunk[][] {
    const groups: Hunk[][] = [];
    for (const h of hunks) {
      const last = groups.at(-1)?.at(-1);
      if (last !== undefined && h.a0 - last.a1 <= 2 * this.#plan.contextLines) groups.at(-1)!.push(h);
      else groups.push([h]);
    }
    return groups;
  }

  #unified(hunks: readonly Hunk[]): string {
    const c = this.#plan.contextLines;
    let out = `${this.#paint('header', `--- ${this.#a.header}`)}\n${this.#paint('header', `+++ ${this.#b.header}`)}\n`;
    const span = (from: number, to: number): string =>
      to - from === 1 ? String(from + 1) : `${to === from ? from : from + 1},${to - from}`;
    for (const group of this.#groups(hunks)) {
      const first = group[0];
      const last = group[group.length - 1];
      const a0 = Math.max(0, first.a0 - c);
      const b0 = Math.max(0, first.b0 - c);
      const a1 = Math.min(this.#a.lines.length, last.a1 + c);
      const b1 = Math.min(this.#b.lines.length, last.b1 + c);
      out += `${this.#paint('line', `@@ -${span(a0, a1)} +${span(b0, b1)} @@`)}${this.#function(a0)}\n`;
      let i = a0;
      for (const h of group) {
        for (; i < h.a0; i++) out += this.#line(this.#a, i, ' ');
        for (; i < h.a1; i++) out += this.#line(this.#a, i, '-', 'delete');
        for (let j = h.b0; j < h.b1; j++) out += this.#line(this.#b, j, '+', 'add');
      }
      for (; i < a1; i++) out += this.#line(this.#a, i, ' ');
    }
    return out;
  }

  #function(before: number): string {
    if (!this.#plan.showFunction) return '';
    for (let i = before - 1; i >= 0; i--) if (/^[A-Za-z_$]/.test(this.#a.lines[i])) return ` ${this.#a.lines[i].slice(0, 40).trimEnd()}`;
    return '';
  }

  #context(hunks: readonly Hunk[]): string {
    const c = this.#plan.contextLines;
    let out = `${this.#paint('header', `*** ${this.#a.header}`)}\n${this.#paint('header', `--- ${this.#b.header}`)}\n`;
    const span = (from: number, to: number): string => (to - from <= 1 ? String(to) : `${from + 1},${to}`);
    for (const group of this.#groups(hunks)) {
      const a0 = Math.max(0, group[0].a0 - c);
      const b0 = Math.max(0, group[0].b0 - c);
      const a1 = Math.min(this.#a.lines.length, group.at(-1)!.a1 + c);
      const b1 = Math.min(this.#b.lines.length, group.at(-1)!.b1 + c);
      out += `***************${this.#function(a0)}\n${this.#paint('line', `*** ${span(a0, a1)} ****`)}\n`;
      if (group.some((h) => h.a1 > h.a0)) {
        let i = a0;
        for (const h of group) {
          for (; i < h.a0; i++) out += this.#line(this.#a, i, '  ');
          for (; i < h.a1; i++) out += this.#line(this.#a, i, h.b1 > h.b0 ? '! ' : '- ', 'delete');
        }
        for (; i < a1; i++) out += this.#line(this.#a, i, '  ');
      }
      out += `${this.#paint('line', `--- ${span(b0, b1)} ----`)}\n`;
      if (group.some((h) => h.b1 > h.b0)) {
        let j = b0;
        for (const h of group) {
          for (; j < h.b0; j++) out += this.#line(this.#b, j, '  ');
          for (; j < h.b1; j++) out += this.#line(this.#b, j, h.a1 > h.a0 ? '! ' : '+ ', 'add');
        }
        for (; j < b1; j++) out += this.#line(this.#b, j, '  ');
      }
    }
    return out;
  }

  #ed(hunks: readonly Hunk[]): string {
    let out = '';
    for (const h of [...hunks].reverse()) {
      const kind = h.a0 === h.a1 ? 'a' : h.b0 === h.b1 ? 'd' : 'c';
      out += `${range(h.a0, h.a1)}${kind}\n`;
      if (kind === 'd') continue;
      for (let j = h.b0; j < h.b1; j++)
        out += this.#b.lines[j] === '.' ? `..\n.\ns/.//\n${j + 1 < h.b1 ? 'a\n' : ''}` : `${this.#b.lines[j]}\n`;
      if (this.#b.lines[h.b1 - 1] !== '.') out += '.\n';
    }
    return out;
  }

  #rcs(hunks: readonly Hunk[]): string {
    let out = '';
    for (const h of hunks) {
      if (h.a1 > h.a0) out += `d${h.a0 + 1} ${h.a1 - h.a0}\n`;
      if (h.b1 > h.b0) {
        out += `a${h.a1} ${h.b1 - h.b0}\n`;
        for (let j = h.b0; j < h.b1; j++) out += `${this.#b.lines[j]}\n`;
      }
    }
    return out;
  }

  /** Two columns; the gutter is on a tab stop, and blanks are tabs, unless -t. */
  #side(hunks: readonly Hunk[]): string {
    const tab = 8;
    const t = this.#plan.expandTabs ? 1 : tab;
    const off = Math.floor((this.#plan.width + t + 3) / (2 * t)) * t;
    const half = Math.max(0, Math.min(off - 3, this.#plan.width - off));
    const column2 = half > 0 ? off : this.#plan.width;
    let out = '';
    const row = (left: string | undefined, mark: string, right: string | undefined): void => {
      let line = '';
      let at = 0;
      const put = (text: string, limit: number): void => {
        for (const ch of text) {
          const w = ch === '\t' ? tab - (at % tab) : textWidth(ch);
          if (at + w > limit) break;
          line += ch;
          at += w;
        }
      };
      const padTo = (to: number): void => {
        if (this.#plan.expandTabs) {
          line += ' '.repeat(Math.max(0, to - at));
          at = Math.max(at, to);
          return;
        }
        while (at < to) {
          const next = at - (at % tab) + tab;
          if (next <= to) {
            line += '\t';
            at = next;
          } else {
            line += ' ';
            at++;
          }
        }
      };
      if (left !== undefined) put(left, half);
      if (mark !== ' ') {
        padTo(half + 1 > column2 ? half : Math.floor((half + column2 - 1) / 2));
        line += mark;
        at++;
      }
      if (right !== undefined && right !== '' && !(mark === ' ' && this.#plan.leftColumn)) {
        padTo(column2);
        let width = 0;
        for (const ch of right) {
          const w = ch === '\t' ? tab - (width % tab) : textWidth(ch);
          if (width + w > half) break;
          line += ch;
          width += w;
        }
      }
      out += `${line}\n`;
    };
    let i = 0;
    let j = 0;
    const common = (to: number): void => {
      for (; i < to; i++, j++)
        if (!this.#plan.suppressCommon)
          row(this.#a.lines[i], this.#plan.leftColumn ? '(' : ' ', this.#plan.leftColumn ? undefined : this.#b.lines[j]);
    };
    for (const h of hunks) {
      common(h.a0);
      while (i < h.a1 && j < h.b1) row(this.#a.lines[i++], '|', this.#b.lines[j++]);
      while (i < h.a1) row(this.#a.lines[i++], '<', undefined);
      while (j < h.b1) row(undefined, '>', this.#b.lines[j++]);
    }
    common(this.#a.lines.length);
    return out;
  }
}

function range(from: number, to: number): string {
  if (to <= from) return String(from);
  return to - from === 1 ? String(to) : `${from + 1},${to}`;
}
