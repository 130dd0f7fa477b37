/** SELECT and expressions, which hold each other. */
import { own } from '../../lib/dictionary.ts';
import { type Reader, readType } from './reader.ts';
import type { Expression, Join, Select, SelectItem, Source } from './syntax.ts';

/** Words that end a source or an item, and so are no alias. */
const CLAUSES = new Set(
  'where group having order limit offset union join inner left right full cross on using returning for from as into values set fetch natural'.split(
    ' ',
  ),
);

export function parseSelect(r: Reader): Select {
  const first = parseOne(r);
  const union = r.takes('union') ? { all: r.takes('all'), select: parseOne(r) } : undefined;
  const tail = parseTail(r);
  return { ...first, ...(tail.orderBy.length > 0 || tail.limit || tail.offset ? tail : {}), union };
}

function parseOne(r: Reader): Select {
  if (r.takes('(')) {
    const inner = parseSelect(r);
    r.needs(')');
    return inner;
  }
  if (r.takes('values')) return parseValues(r);
  r.needs('select');
  const distinct = r.takes('distinct');
  if (!distinct) r.takes('all');
  const items = r.sees('from') ? [] : parseSelectItems(r);
  let from: Source | undefined;
  const joins: Join[] = [];
  if (r.takes('from')) {
    from = parseSource(r);
    for (let join = parseJoin(r); join; join = parseJoin(r)) joins.push(join);
  }
  const where = r.takes('where') ? parseExpression(r) : undefined;
  const groupBy = r.takes('group', 'by') ? parseList(r) : [];
  const having = r.takes('having') ? parseExpression(r) : undefined;
  return { distinct, items, from, joins, where, groupBy, having, ...parseTail(r), union: undefined };
}

function parseTail(r: Reader): Pick<Select, 'orderBy' | 'limit' | 'offset'> {
  const orderBy: { value: Expression; descending: boolean }[] = [];
  if (r.takes('order', 'by')) {
    do {
      const value = parseExpression(r);
      const descending = r.takes('desc');
      if (!descending) r.takes('asc');
      if (r.takes('nulls')) r.next();
      orderBy.push({ value, descending });
    } while (r.takes(','));
  }
  let limit: Expression | undefined;
  let offset: Expression | undefined;
  for (;;) {
    if (r.takes('limit')) {
      limit = r.takes('all') ? undefined : parseExpression(r);
      if (r.takes(',')) [offset, limit] = [limit, parseExpression(r)];
    } else if (r.takes('offset')) offset = parseExpression(r);
    else return { orderBy, limit, offset };
  }
}

/** VALUES (1, 'a'), (2, 'b') as a union of selects. */
function parseValues(r: Reader): Select {
  const rows: Select[] = [];
  do {
    r.needs('(');
    const items = parseList(r).map((value, i): SelectItem => ({ value, alias: `column${i + 1}` }));
    r.needs(')');
    rows.push({ ...EMPTY, items });
  } while (r.takes(','));
  return rows.reduceRight((rest, row) => ({ ...row, union: { all: true, select: rest } }));
}

const EMPTY: Select = {
  distinct: false,
  items: [],
  from: undefined,
  joins: [],
  where: undefined,
  groupBy: [],
  having: undefined,
  orderBy: [],
  limit: undefined,
  offset: undefined,
  union: undefined,
};

function parseList(r: Reader): Expression[] {
  const out = [parseExpression(r)];
  while (r.takes(',')) out.push(parseExpression(r));
  return out;
}

export function parseSelectItems(r: Reader): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do {
    if (r.takes('*')) items.push({ value: { kind: 'star', table: undefined }, alias: undefined });
    else if (r.ahead(1).text === '.' && r.ahead(2).text === '*') {
      const table = r.name();
      r.next();
      r.next();
      items.push({ value: { kind: 'star', table }, alias: undefined });
    } else items.push({ value: parseExpression(r), alias: alias(r) });
  } while (r.takes(','));
  return items;
}

function alias(r: Reader): string | undefined {
  if (r.takes('as')) return r.token.kind === 'string' ? r.string() : r.name();
  const { kind, text } = r.token;
  if (kind === 'quoted') return r.name();
  if (kind === 'word' && !CLAUSES.has(text.toLowerCase())) return r.name();
  return undefined;
}

function parseSource(r: Reader): Source {
  if (r.takes('(')) {
    const select = parseSelect(r);
    r.needs(')');
    return { kind: 'select', select, alias: alias(r) ?? 'subquery' };
  }
  const at = r.token.at;
  const first = r.name();
  if (r.dialect === 'postgres' && r.takes('(')) {
    const args = r.sees(')') ? [] : parseList(r);
    r.needs(')');
    const named = alias(r);
    let column = named ?? first;
    if (named !== undefined && r.takes('(')) {
      column = r.name();
      r.needs(')');
    }
    return { kind: 'function', call: { kind: 'call', name: first, args, distinct: false, at }, alias: named ?? first, column };
  }
  const second = r.takes('.') ? r.name() : undefined;
  return { kind: 'table', schema: second === undefined ? undefined : first, name: second ?? first, alias: alias(r), at };
}

function parseJoin(r: Reader): Join | undefined {
  if (r.takes(',') || r.takes('cross', 'join')) return { type: 'cross', source: parseSource(r), on: undefined, using: [] };
  let type: Join['type'] = 'inner';
  if (r.takes('left')) type = 'left';
  else if (r.takes('right')) type = 'right';
  else if (!r.takes('inner') && !r.sees('join')) return undefined;
  r.takes('outer');
  r.needs('join');
  const source = parseSource(r);
  if (r.takes('using')) {
    r.needs('(');
    const using = [r.name()];
    while (r.takes(',')) using.push(r.name());
    r.needs(')');
    return { type, source, on: undefined, using };
  }
  return { type, source, on: r.takes('on') ? parseExpression(r) : undefined, using: [] };
}

// ---- expressions, by precedence climbing ----

/** Binding power of the binary operators: or 1, and 2, not 3, comparisons 4, others 5, additions 6, multiplications 7, casts 9. */
const POWER: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  '=': 4,
  '<>': 4,
  '!=': 4,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '~': 5,
  '||': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  mod: 7,
  div: 7,
  '^': 8,
};

export function parseExpression(r: Reader, power = 0): Expression {
  let left = parsePrefix(r);
  for (;;) {
    const { kind, text } = r.token;
    const word = text.toLowerCase();
    if (kind === 'operator' && word === '::') {
      r.next();
      left = { kind: 'cast', operand: left, type: readType(r) };
      continue;
    }
    if (kind !== 'operator' && kind !== 'word') return left;
    const mine = own(POWER, r.dialect === 'mysql' && word === '&&' ? 'and' : r.dialect === 'mysql' && word === '||' ? 'or' : word);
    if (mine !== undefined && mine > power) {
      r.next();
      const operator = r.dialect === 'mysql' ? ({ '&&': 'and', '||': 'or' }[word] ?? word) : word;
      left = { kind: 'binary', operator, left, right: parseExpression(r, mine) };
      continue;
    }
    if (power >= 4) return left;
    const special = parseSpecial(r, left);
    if (!special) return left;
    left = special;
  }
}

/** IS NULL, IN, LIKE, BETWEEN, each with NOT. */
function parseSpecial(r: Reader, operand: Expression): Expression | undefined {
  if (r.takes('is')) {
    const not = r.takes('not');
    if (r.takes('null')) return { kind: 'isNull', operand, not };
    const value = r.takes('true') ? true : (r.needs('false'), false);
    const test: Expression = { kind: 'binary', operator: '=', left: operand, right: { kind: 'literal', value } };
    return not ? { kind: 'unary', operator: 'not', operand: test } : test;
  }
  const negated = r.sees('not') && ['in', 'like', 'ilike', 'between'].includes(r.ahead(1).text.toLowerCase());
  if (negated) r.next();
  const not = negated;
  if (r.takes('between')) {
    const low = parseExpression(r, 4);
    r.needs('and');
    return { kind: 'between', operand, low, high: parseExpression(r, 4), not };
  }
  if (r.sees('like') || r.sees('ilike')) {
    const fold = r.next().text.toLowerCase() === 'ilike' || r.dialect === 'mysql';
    return { kind: 'like', operand, pattern: parseExpression(r, 4), not, fold };
  }
  if (r.takes('in')) {
    r.needs('(');
    const among = r.sees('select') ? parseSelect(r) : parseArguments(r);
    r.needs(')');
    return { kind: 'in', operand, among, not };
  }
  return undefined;
}

function parseArguments(r: Reader): Expression[] {
  const out = [parseExpression(r)];
  while (r.takes(',')) out.push(parseExpression(r));
  return out;
}

function parsePrefix(r: Reader): Expression {
  if (r.takes('not')) return { kind: 'unary', operator: 'not', operand: parseExpression(r, 3) };
  if (r.takes('-')) return { kind: 'unary', operator: '-', operand: parseExpression(r, 8) };
  if (r.takes('+')) return parseExpression(r, 8);
  if (r.takes('(')) {
    const inner: Expression = r.sees('select') ? { kind: 'scalar', select: parseSelect(r) } : parseExpression(r);
    r.needs(')');
    return inner;
  }
  const token = r.next();
  switch (token.kind) {
    case 'number':
      return { kind: 'literal', value: Number(token.text) };
    case 'string':
      return { kind: 'literal', value: token.text };
    case 'word':
    case 'quoted':
      return parseWord(r, token.text, token.kind === 'quoted', token.at);
  }
  throw r.fault(token);
}

/** Functions that are written without parentheses. */
const BARE = new Set(['current_timestamp', 'current_date', 'current_user', 'current_time', 'localtimestamp', 'session_user']);

function parseWord(r: Reader, text: string, isQuoted: boolean, at: number): Expression {
  const word = isQuoted ? '' : text.toLowerCase();
  switch (word) {
    case 'null':
      return { kind: 'literal', value: null };
    case 'true':
      return { kind: 'literal', value: true };
    case 'false':
      return { kind: 'literal', value: false };
    case 'case':
      return parseCase(r);
    case 'exists': {
      r.needs('(');
      const select: Select = parseSelect(r);
      r.needs(')');
      return { kind: 'exists', select };
    }
    case 'cast': {
      r.needs('(');
      const operand = parseExpression(r);
      r.needs('as');
      const type = readType(r);
      r.needs(')');
      return { kind: 'cast', operand, type };
    }
    case 'interval':
    case 'date':
    case 'timestamp':
      if (r.token.kind === 'string')
        return { kind: 'cast', operand: { kind: 'literal', value: r.string() }, type: { name: word, parameters: [] } };
  }
  if (r.takes('(')) {
    if (r.takes(')')) return { kind: 'call', name: word || text, args: [], distinct: false, at };
    const distinct = r.takes('distinct');
    const args = r.takes('*') ? [{ kind: 'star', table: undefined } as Expression] : parseArguments(r);
    r.needs(')');
    return { kind: 'call', name: word || text, args, distinct, at };
  }
  if (BARE.has(word)) return { kind: 'call', name: word, args: [], distinct: false, at };
  if (r.takes('.')) {
    const second = r.name();
    // MySQL: database.table.column.
    if (r.dialect === 'mysql' && r.takes('.')) return { kind: 'column', table: second, name: r.name(), at };
    return { kind: 'column', table: text, name: second, at };
  }
  return { kind: 'column', table: undefined, name: text, at };
}

function parseCase(r: Reader): Expression {
  const subject = r.sees('when') ? undefined : parseExpression(r);
  const branches: (readonly [Expression, Expression])[] = [];
  while (r.takes('when')) {
    const when = parseExpression(r);
    r.needs('then');
    branches.push([when, parseExpression(r)]);
  }
  const otherwise = r.takes('else') ? parseExpression(r) : undefined;
  r.needs('end');
  return { kind: 'case', subject, branches, otherwise };
}
