import { KEYWORD_KEYS, type TokenStream } from './grammar.ts';
import type { Node, Pattern } from './syntax.ts';

/** `$x`, `[$a, $b]`, `{a: $x, $b}`, several with `?//` between them. */
export function parsePatterns(p: TokenStream): readonly Pattern[] {
  const patterns = [parsePattern(p)];
  while (p.accept('?//')) patterns.push(parsePattern(p));
  return patterns;
}

function parsePattern(p: TokenStream): Pattern {
  if (p.is('BINDING')) return { kind: 'name', name: String(p.take().value) };
  if (p.accept('[')) {
    const items = [parsePattern(p)];
    while (p.accept(',')) items.push(parsePattern(p));
    if (!p.accept(']')) p.fail(',', ']');
    return { kind: 'list', items };
  }
  if (!p.is('{')) p.fail('BINDING', '[', '{');
  p.take();
  const fields = [parseField(p)];
  while (p.accept(',')) fields.push(parseField(p));
  if (!p.accept('}')) p.fail(',', '}');
  return { kind: 'fields', fields };
}

function parseField(p: TokenStream): { readonly key: Node; readonly variable?: string; readonly value?: Pattern } {
  const token = p.token;
  if (token.kind === 'BINDING') {
    const variable = String(p.take().value);
    const key: Node = { kind: 'literal', value: variable };
    return p.accept(':') ? { key, variable, value: parsePattern(p) } : { key, variable };
  }
  let key: Node;
  if (token.kind === 'IDENT' || KEYWORD_KEYS.has(token.kind)) key = { kind: 'literal', value: String(p.take().value) };
  else if (token.kind === 'QQSTRING_START' || token.kind === 'FORMAT') key = p.string();
  else if (p.accept('(')) {
    key = p.keyQuery();
    p.expect(')');
  } else return p.fail();
  p.expect(':');
  return { key, value: parsePattern(p) };
}
