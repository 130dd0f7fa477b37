import { describe, expect, it } from 'vitest';
import { evaluateArithmetic } from './arithmetic.ts';

function evaluate(text: string, vars: Record<string, string> = {}): string {
  const scope = {
    get: (name: string) => vars[name],
    set: (name: string, value: string) => void (vars[name] = value),
    element: (name: string, subscript: string) => vars[`${name}[${subscript}]`],
    setElement: (name: string, subscript: string, value: string) => void (vars[`${name}[${subscript}]`] = value),
    nounset: false,
  };
  try {
    return evaluateArithmetic(text, scope).toString();
  } catch (error) {
    return (error as Error).message;
  }
}

describe('arithmetic', () => {
  it.each([
    ['1+2*3', '7'],
    ['(1+2)*3', '9'],
    ['-7/2', '-3'],
    ['-7%3', '-1'],
    ['2**10', '1024'],
    ['2**3**2', '512'],
    ['-2**2', '4'],
    ['0x1f', '31'],
    ['010', '8'],
    ['2#1011', '11'],
    ['36#z', '35'],
    ['64#@', '62'],
    ['5>3', '1'],
    ['1&&0', '0'],
    ['!1', '0'],
    ['~0', '-1'],
    ['6^3', '5'],
    ['1<<4', '16'],
    ['1?2:3', '2'],
    ['1,2,3', '3'],
    ['9223372036854775807+1', '-9223372036854775808'],
    ['', '0'],
    ['undefined+1', '1'],
    ['1/0', '1/0: division by 0 (error token is "0")'],
    ['08', '08: value too great for base (error token is "08")'],
    ['1+', '1+: syntax error: operand expected (error token is "+")'],
    ['3 4', '3 4: syntax error in expression (error token is "4")'],
    ['2**-1', '2**-1: exponent less than 0 (error token is "1")'],
    ['1=2', '1=2: attempted assignment to non-variable (error token is "=2")'],
  ])('%s', (text, want) => expect(evaluate(text)).toBe(want));

  it('assigns and steps', () => {
    const vars: Record<string, string> = { a: '5', b: 'a' };
    expect([
      evaluate('a++', vars),
      evaluate('++a', vars),
      evaluate('a--', vars),
      evaluate('a*=2', vars),
      evaluate('b+1', vars),
      evaluate('x[1]=a', vars),
      vars['x[1]'],
    ]).toEqual(['5', '7', '7', '12', '13', '12', '12']);
  });
});
