import type { ArithmeticFor, Case, CommandNode, CompoundList, PipelineNode, Redirection, Statement, Word } from 'unbash';
import type { ShellFunction } from '../state/shell.ts';

/** A function as `declare -f` and `type` print it. */
export function functionText(f: ShellFunction): string {
  const printer = new Printer(f.source.text);
  const body = f.body.type === 'Redirected' ? f.body.command : f.body;
  const redirects = f.body.type === 'Redirected' ? ` ${f.body.redirects.map((r) => printer.redirection(r)).join(' ')}` : '';
  if (body.type === 'BraceGroup' || body.type === 'CompoundList') {
    const list = body.type === 'BraceGroup' ? body.body : body;
    return `${f.name} () \n{ \n${printer.block(list, 1)}\n}${redirects}\n${printer.hereDocs('')}`.replace(/\n+$/, '\n');
  }
  return `${f.name} () \n{ \n    ${printer.command(body, 1)}${redirects}\n}\n`;
}

/** A command on one line, as `jobs` and messages about killed processes name it. */
export function commandText(source: string, node: Statement['command']): string {
  const printer = new Printer(source);
  const text = printer.statement({ type: 'Statement', pos: node.pos, end: node.end, command: node, background: undefined } as Statement, 0);
  return text.replace(/([^;&\s])\n\s*\}/g, '$1; }').replace(/\s*\n\s*/g, ' ');
}

/** A command as `$BASH_COMMAND` names it: of a loop and a `case` only the head, as their commands are named one by one. */
export function headText(source: string, node: CommandNode): string {
  const printer = new Printer(source);
  const words = (list: readonly Word[] | undefined): string => (list ? list.map((w) => w.text).join(' ') : '"$@"');
  switch (node.type) {
    case 'For':
      return `for ${node.name.text} in ${words(node.wordlist)}`;
    case 'Select':
      return `select ${node.name.text} in ${words(node.wordlist)}`;
    case 'Case':
      return `case ${node.word.text} in `;
    default: {
      const text = printer.command(node, 0);
      return text + printer.hereDocs('');
    }
  }
}

const INDENT = '    ';

/** Writes commands in bash's layout: four blanks a level, `;` after each command but the last. */
class Printer {
  readonly #source: string;
  #pending = '';

  constructor(source: string) {
    this.#source = source;
  }

  #slice(node: { readonly pos: number; readonly end: number }): string {
    return this.#source.slice(node.pos, node.end);
  }

  /** Bodies of here-documents that belong after the line written last. */
  hereDocs(next: string): string {
    const text = this.#pending;
    this.#pending = '';
    return text === '' ? next : `\n${text}${next}`;
  }

  block(list: CompoundList, depth: number): string {
    const pad = INDENT.repeat(depth);
    let out = '';
    list.commands.forEach((s, i) => {
      const last = i === list.commands.length - 1;
      const text = this.statement(s, depth);
      const docs = this.#pending;
      this.#pending = '';
      out += pad + text + (docs ? `\n${docs}` : last ? '' : s.background ? '' : ';') + (last ? '' : docs ? '' : '\n');
    });
    return out;
  }

  statement(s: Statement, depth: number): string {
    const c = s.command;
    let text: string;
    if (c.type === 'AndOr') text = c.commands.map((x, i) => (i === 0 ? '' : ` ${c.operators[i - 1]} `) + this.pipeline(x, depth)).join('');
    else text = this.pipeline(c, depth);
    return s.background ? `${text} &` : text;
  }

  pipeline(node: PipelineNode, depth: number): string {
    if (node.type !== 'Pipeline') return this.command(node, depth);
    const prefixes = node.prefixes.map((p) => (p.type === 'Negation' ? '! ' : p.posix ? 'time -p ' : 'time ')).join('');
    return (
      prefixes +
      node.commands.map((c, i) => (i === 0 ? '' : node.operators[i - 1] === '|&' ? ' 2>&1 | ' : ' | ') + this.command(c, depth)).join('')
    );
  }

  redirection(r: Redirection): string {
    const fd = r.descriptor ? (r.descriptor.type === 'FileDescriptor' ? String(r.descriptor.value) : `{${r.descriptor.name}}`) : '';
    if (r.type === 'HereDoc') {
      this.#pending += `${r.body.text}${r.delimiter?.value ?? ''}\n`;
      return `${fd}${r.operator}${r.delimiter?.text ?? ''}`;
    }
    if (r.type === 'HereString') return `${fd}<<< ${r.target?.text ?? ''}`;
    const duplicate = r.operator === '>&' || r.operator === '<&';
    const number = duplicate && fd === '' ? (r.operator === '>&' ? '1' : '0') : fd;
    return duplicate ? `${number}${r.operator}${r.target?.text ?? ''}` : `${fd}${r.operator} ${r.target?.text ?? ''}`;
  }

  command(node: CommandNode | CompoundList, depth: number): string {
    const pad = INDENT.repeat(depth);
    const inner = (list: CompoundList): string => `${this.block(list, depth + 1)}`;
    const inline = (list: CompoundList): string => list.commands.map((s) => this.statement(s, depth)).join('; ');
    switch (node.type) {
      case 'Command': {
        const words: string[] = [];
        const redirects: string[] = [];
        for (const item of [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix]) {
          if (item.type === 'Word' || item.type === 'Assignment') words.push(this.#slice(item));
          else redirects.push(this.redirection(item));
        }
        return [...words, ...redirects].join(' ');
      }
      case 'CompoundList':
        return `{ \n${inner(node)}\n${pad}}`;
      case 'BraceGroup':
        return `{ \n${inner(node.body)}\n${pad}}`;
      case 'Subshell':
        return `( ${inline(node.body)} )`;
      case 'If': {
        let text = `if ${inline(node.clause)}; then\n${inner(node.then)};\n`;
        let level = 0;
        for (const e of node.elif) {
          level++;
          const p = INDENT.repeat(depth + level - 1);
          text += `${p}else\n${p}${INDENT}if ${inline(e.clause)}; then\n${this.block(e.then, depth + level + 1)};\n`;
        }
        const p = INDENT.repeat(depth + level);
        if (node.else) text += `${p}else\n${this.block(node.else, depth + level + 1)};\n`;
        for (let k = level; k > 0; k--) text += `${INDENT.repeat(depth + k)}fi;\n`;
        return `${text}${pad}fi`;
      }
      case 'While':
        return `${node.kind} ${inline(node.clause)}; do\n${inner(node.body)};\n${pad}done`;
      case 'For':
        return `for ${node.name.text} in ${node.wordlist ? node.wordlist.map((w) => w.text).join(' ') : '"$@"'};\n${pad}do\n${inner(node.body)};\n${pad}done`;
      case 'Select':
        return `select ${node.name.text} in ${node.wordlist ? node.wordlist.map((w) => w.text).join(' ') : '"$@"'};\n${pad}do\n${inner(node.body)};\n${pad}done`;
      case 'ArithmeticFor':
        return `${this.#header(node)}\n${pad}do\n${inner(node.body)};\n${pad}done`;
      case 'Case':
        return this.#case(node, depth);
      case 'TestCommand':
        return this.#slice(node).replace(/\s+/g, ' ');
      case 'ArithmeticCommand':
        return `((${node.body}))`;
      case 'Redirected':
        return `${this.command(node.command, depth)} ${node.redirects.map((r) => this.redirection(r)).join(' ')}`;
      case 'Function':
        return `function ${node.name.text} () \n${pad}${node.body.type === 'BraceGroup' ? this.command(node.body, depth) : `{ \n${pad}${INDENT}${this.command(node.body, depth + 1)}\n${pad}}`}`;
      case 'Coproc':
        return this.#slice(node);
    }
  }

  #header(node: ArithmeticFor): string {
    const text = this.#source.slice(node.pos, node.body.pos);
    const body = text.slice(text.indexOf('((') + 2, text.lastIndexOf('))'));
    return `for ((${body
      .split(';')
      .map((p) => p.trim())
      .join('; ')}))`;
  }

  #case(node: Case, depth: number): string {
    const pad = INDENT.repeat(depth);
    let text = `case ${node.word.text} in \n`;
    for (const item of node.items) {
      text += `${pad}${INDENT}${item.pattern.map((w) => w.text).join(' | ')})\n`;
      if (item.body.commands.length > 0) text += `${this.block(item.body, depth + 2)}\n`;
      text += `${pad}${INDENT}${item.terminator ?? ';;'}\n`;
    }
    return `${text}${pad}esac`;
  }
}
