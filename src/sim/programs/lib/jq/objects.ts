import { KEYWORD_KEYS, type TokenStream } from './grammar.ts';
import type { Node } from './syntax.ts';

/** `{a, "b": 1, (.c): 2, $d}` */
export function parseObject(p: TokenStream): Node {
  p.take();
  const pairs: { key: Node; value: Node }[] = [];
  while (!p.is('}')) {
    p.within('object', p.token, () => {
      pairs.push(parsePair(p));
      // jq's grammar names only the brace, though a comma could stand here too.
      if (!p.accept(',') && !p.is('}')) p.fail('}');
    });
  }
  p.take();
  return { kind: 'object', pairs };
}

function parsePair(p: TokenStream): { key: Node; value: Node } {
  const token = p.token;
  const literal = (value: string): Node => ({ kind: 'literal', value });
  const field = (key: Node): Node => ({ kind: 'index', of: { kind: 'identity' }, key, optional: false });
  if (token.kind === '(') {
    p.take();
    const key = p.keyQuery();
    p.close('|', ',', ')');
    p.expect(':');
    return { key, value: parseValue(p) };
  }
  if (token.kind === 'BINDING') {
    p.take();
    const variable: Node = { kind: 'variable', name: String(token.value), at: token };
    if (p.accept(':')) return { key: variable, value: parseValue(p) };
    return { key: literal(String(token.value)), value: variable };
  }
  if (token.kind === '$__loc__') {
    p.take();
    return { key: literal('__loc__'), value: { kind: 'literal', value: p.location(token) } };
  }
  const key =
    token.kind === 'IDENT' || KEYWORD_KEYS.has(token.kind)
      ? literal(String(p.take().value))
      : token.kind === 'QQSTRING_START' || token.kind === 'FORMAT'
        ? p.string()
        : p.fail();
  return p.accept(':') ? { key, value: parseValue(p) } : { key, value: field(key) };
}

/** Pipes, but no commas. */
function parseValue(p: TokenStream): Node {
  const left = p.expression();
  return p.accept('|') ? { kind: 'pipe', left, right: parseValue(p) } : left;
}
