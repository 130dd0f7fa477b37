/** Where bc's machine stands in its code when an operation fails: its messages name that address. */
import type { Argument, Expression, Place, Statement } from './syntax.ts';

const placeSize = (place: Place): number => (place.kind === 'element' ? codeSize(place.index) : 0);

/** Bytes of code that an expression becomes. */
function codeSize(e: Argument): number {
  switch (e.kind) {
    case 'number':
      return e.text === '0' || e.text === '1' ? 1 : e.text.length + 2;
    case 'place':
      return placeSize(e.place) + 2;
    case 'assign':
      return placeSize(e.place) + codeSize(e.value) + (e.operator === '' ? 2 : 5);
    case 'step':
      return placeSize(e.place) + (e.before ? 4 : 5);
    case 'unary':
      return codeSize(e.operand) + 1;
    case 'binary':
      return codeSize(e.left) + codeSize(e.right) + 1;
    case 'group':
      return codeSize(e.inner);
    case 'builtin':
      return (e.operand ? codeSize(e.operand) : 0) + 2;
    case 'call':
      return e.args.reduce((sum, arg) => sum + codeSize(arg), 0) + e.args.length + 3;
    case 'array':
      return 3;
  }
}

/** The same of a statement; the jumps of loops and conditions are counted roughly. */
function statementSize(s: Statement): number {
  switch (s.kind) {
    case 'expression':
      return codeSize(s.value) + 1;
    case 'string':
      return s.text.length + 3;
    case 'print':
      return s.items.reduce((sum: number, item) => sum + (typeof item === 'string' ? item.length + 2 : codeSize(item) + 1), 0);
    case 'block':
      return s.body.reduce((sum, inner) => sum + statementSize(inner), 0);
    case 'if':
      return codeSize(s.test) + 3 + statementSize(s.then) + (s.otherwise ? statementSize(s.otherwise) + 3 : 0);
    case 'while':
      return codeSize(s.test) + 6 + statementSize(s.body);
    case 'for':
      return [s.first, s.test, s.next].reduce((sum: number, e) => sum + (e ? codeSize(e) + 1 : 0), 9) + statementSize(s.body);
    case 'return':
      return (s.value ? codeSize(s.value) : 1) + 1;
  }
  return 1;
}

/** The address behind `node` in the code of these statements; 0 if it is not there. */
export function addressOf(statements: readonly Statement[], node: Expression): number {
  let base = 0;
  for (const statement of statements) {
    const found = inStatement(statement, node, base);
    if (found !== undefined) return found;
    base += statementSize(statement);
  }
  return 0;
}

function inStatement(s: Statement, node: Expression, base: number): number | undefined {
  switch (s.kind) {
    case 'expression':
      return inOrder([s.value], node, base);
    case 'print':
      return inOrder(
        s.items.filter((item) => typeof item !== 'string'),
        node,
        base,
      );
    case 'block':
      return within(s.body, node, base);
    case 'if':
      return inOrder([s.test], node, base) ?? within(s.otherwise ? [s.then, s.otherwise] : [s.then], node, base + codeSize(s.test) + 3);
    case 'while':
      return inOrder([s.test], node, base) ?? within([s.body], node, base + codeSize(s.test) + 3);
    case 'for': {
      const parts = [s.first, s.test, s.next].filter((e) => e !== undefined);
      return inOrder(parts, node, base) ?? within([s.body], node, base + parts.reduce((sum, e) => sum + codeSize(e) + 1, 6));
    }
    case 'return':
      return s.value && inOrder([s.value], node, base);
  }
  return undefined;
}

function within(body: readonly Statement[], node: Expression, base: number): number | undefined {
  let at = base;
  for (const statement of body) {
    const found = inStatement(statement, node, at);
    if (found !== undefined) return found;
    at += statementSize(statement);
  }
  return undefined;
}

function inOrder(parts: readonly Argument[], node: Expression, base: number): number | undefined {
  let at = base;
  for (const part of parts) {
    if (part.kind !== 'array') {
      const found = inOrder(children(part), node, at);
      if (found !== undefined) return found;
      if (part === node) return at + (part.kind === 'call' ? part.args.reduce((sum, arg) => sum + codeSize(arg), 2) : codeSize(part));
    }
    at += codeSize(part);
  }
  return undefined;
}

function children(e: Expression): readonly Argument[] {
  switch (e.kind) {
    case 'place':
    case 'step':
      return e.place.kind === 'element' ? [e.place.index] : [];
    case 'assign':
      return e.place.kind === 'element' ? [e.place.index, e.value] : [e.value];
    case 'unary':
      return [e.operand];
    case 'binary':
      return [e.left, e.right];
    case 'group':
      return [e.inner];
    case 'builtin':
      return e.operand ? [e.operand] : [];
    case 'call':
      return e.args;
  }
  return [];
}
