import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** Where names that a user chose are looked up in plain objects. */
const FOLDERS = ['client', 'kernel', 'net', 'oci', 'programs', 'registry', 'runtime', 'shell', 'world'];

/**
 * `name in table` with a name that is computed: true for `constructor` and all else that objects inherit. A literal name tells the members
 * of a union apart and is fine.
 */
function inheriting(file: string, source: string): string[] {
  const out: string[] = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
      const name = node.left;
      const fixed = ts.isStringLiteral(name) || ts.isPrivateIdentifier(name) || name.getText().startsWith('Symbol.');
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (!fixed) out.push(`${file}:${line}: ${node.getText()} (use Object.hasOwn, or own of lib/dictionary.ts)`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return out;
}

/** A quick look that spares most files the parser: the word between two others, in neither a comment nor a string. */
function mayHave(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'/g, '');
  return code.split('\n').some((line) => /[\w)\]] in [\w(]/.test(line) && !/\bfor \((const|let) \w+ in /.test(line));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
}

it('finds what it looks for', () => {
  expect(
    inheriting('bad.ts', "if ('load' in entry) f();\nfor (const k in o) g(k);\nif (key in labels) h();\nSymbol.iterator in x;"),
  ).toEqual(['bad.ts:3: key in labels (use Object.hasOwn, or own of lib/dictionary.ts)']);
});

it('no name of a user is looked up among what objects inherit', () => {
  const files = FOLDERS.flatMap((folder) => sources(`src/sim/${folder}`)).map((file) => [file, readFileSync(file, 'utf8')] as const);
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter(([, source]) => mayHave(source)).flatMap(([file, source]) => inheriting(file, source))).toEqual([]);
});
