import { describe, expect, it } from 'vitest';
import { SyntaxProblem } from './problem.ts';
import { Recognizer } from './recognizer.ts';

function recognise(text: string, aliases?: Record<string, string>): string {
  const r = new Recognizer(text, { aliases: aliases ? new Map(Object.entries(aliases)) : undefined });
  const out: string[] = [];
  try {
    for (let i = 0; ; ) {
      const found = r.commandEnd(i);
      if (!found) return out.join(' / ');
      out.push(r.text.slice(found.start, found.end).trimEnd());
      i = found.end;
    }
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const p = error.problem;
    return p.kind === 'unclosed' ? `unclosed ${p.wanted}` : p.kind === 'token' ? `token ${p.token}` : p.kind === 'eof' ? 'eof' : p.text;
  }
}

describe('Recognizer', () => {
  it.each([
    ['echo a; echo b\necho c', 'echo a; echo b / echo c'],
    ['for i in 1 2; do\n echo $i\ndone\nx', 'for i in 1 2; do\n echo $i\ndone / x'],
    ['cat <<A; cat <<-"B"\n1\nA\n2\n\tB\necho', 'cat <<A; cat <<-"B"\n1\nA\n2\n\tB / echo'],
    ['case x in a|b) echo;; (c) d ;; esac', 'case x in a|b) echo;; (c) d ;; esac'],
    ['echo $(case a in a) echo;; esac) "${x:-"a b"}" $((1+(2))) ', 'echo $(case a in a) echo;; esac) "${x:-"a b"}" $((1+(2)))'],
    ['[[ a =~ ^(a|b)+$ && ( -f x || ! -z y ) ]] && x=(1 2\n3)', '[[ a =~ ^(a|b)+$ && ( -f x || ! -z y ) ]] && x=(1 2\n3)'],
    ['((a>1)); ( (x) ); f() { y; }', '((a>1)); ( (x) ); f() { y; }'],
    ['echo "a', 'unclosed "'],
    ['echo $(echo', 'unclosed )'],
    ['echo ${T', 'unclosed }'],
    ['echo $((1 +', 'unclosed )'],
    ['echo a |', 'eof'],
    ['f() {', 'eof'],
    ['{ echo a }', 'eof'],
    ['{echo a; }', 'token }'],
    ['true; ; true', 'token ;'],
    ['echo a & & b', 'token &'],
    ['(echo a))', 'token )'],
    ['() { echo; }', 'token )'],
    ['echo (a)', 'token a'],
    ['echo b (a)', 'token ('],
    ['if true; then fi', 'token fi'],
    ['echo a >', 'token newline'],
    ['echo a >\n', 'token newline'],
    ['echo \\\n', 'eof'],
    ['! time ls; time', '! time ls; time'],
    ['[[ a b ]]', 'conditional binary operator expected'],
  ])('%j', (text, want) => expect(recognise(text)).toBe(want));

  it('replaces aliases in command position, once, and after a trailing blank', () => {
    const aliases = { ll: 'ls -l', ls: 'ls --color', sudo: 'sudo ', x: 'y; ll' };
    expect(recognise('ll a; echo ll | ll', aliases)).toBe('ls --color -l a; echo ll | ls --color -l');
    expect(recognise('sudo ll; x; A=1 ll; \\ll "ll"', aliases)).toBe('sudo  ls --color -l; y; ls --color -l; A=1 ls --color -l; \\ll "ll"');
  });
});
