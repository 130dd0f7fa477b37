/** The true values, from mpmath with 1500 bits and rounded once: what glibc prints too, for the functions that awk has. */
import { describe, expect, it } from 'vitest';
import { splitExponent, timesPowerOfTwo } from './doubleDouble.ts';
import {
  acosh,
  asinh,
  atanh,
  cbrt,
  cosh,
  exp,
  exp2,
  exp10,
  expm1,
  hypot,
  log,
  log1p,
  log2,
  log10,
  pow,
  sinh,
  tanh,
} from './exponential.ts';
import { lgamma, tgamma } from './gamma.ts';
import { acos, asin, atan, atan2, cos, sin, tan } from './trigonometric.ts';

const INFINITY = Number.POSITIVE_INFINITY;

type One = readonly [name: string, f: (x: number) => number, values: readonly (readonly [x: number, y: number])[]];

const ONE: readonly One[] = [
  [
    'exp',
    exp,
    [
      [1, Math.E],
      [-1, 0.36787944117144233],
      [0.1, 1.1051709180756477],
      [-20.5, 1.2501528663867426e-9],
      [709.7, 1.6549840276802644e308],
      [-745.1, 5e-324],
      [1e-300, 1],
    ],
  ],
  [
    'expm1',
    expm1,
    [
      [1e-10, 1.00000000005e-10],
      [0.5, 0.6487212707001282],
      [-3, -0.950212931632136],
      [50, 5.184705528587072e21],
    ],
  ],
  [
    'exp2',
    exp2,
    [
      [0.5, Math.SQRT2],
      [-10.25, 0.0008211879055212056],
      [1023.9, 1.6773070034857416e308],
    ],
  ],
  [
    'exp10',
    exp10,
    [
      [0.3, 1.9952623149688795],
      [15, 1000000000000000],
      [-5, 1e-5],
    ],
  ],
  [
    'log',
    log,
    [
      [2, Math.LN2],
      [10, Math.LN10],
      [0.2, -1.6094379124341003],
      [1.0000001, 9.999999505838704e-8],
      [1e-310, -713.8013788281542],
      [1.7e308, 709.7268368932282],
    ],
  ],
  [
    'log1p',
    log1p,
    [
      [1e-15, 9.999999999999995e-16],
      [-0.5, -Math.LN2],
      [3, 1.3862943611198906],
    ],
  ],
  [
    'log2',
    log2,
    [
      [3, 1.584962500721156],
      [8, 3],
      [1e-300, -996.5784284662087],
    ],
  ],
  [
    'log10',
    log10,
    [
      [2, 0.3010299956639812],
      [1000, 3],
      [1e-5, -5],
    ],
  ],
  [
    'cbrt',
    cbrt,
    [
      [2, 1.2599210498948732],
      [-27, -3],
      [1e-310, 4.641588833612774e-104],
    ],
  ],
  [
    'sinh',
    sinh,
    [
      [1e-5, 1.0000000000166668e-5],
      [1, 1.1752011936438014],
      [-30, -5343237290762.231],
      [710, 1.1169973830808555e308],
    ],
  ],
  [
    'cosh',
    cosh,
    [
      [0.5, 1.1276259652063807],
      [45, 1.7467135528742547e19],
    ],
  ],
  [
    'tanh',
    tanh,
    [
      [1e-7, 9.999999999999966e-8],
      [0.5, 0.46211715726000974],
      [25, 1],
    ],
  ],
  [
    'asinh',
    asinh,
    [
      [1e-8, 1e-8],
      [-2, -1.4436354751788103],
      [1e200, 461.2101657793691],
    ],
  ],
  [
    'acosh',
    acosh,
    [
      [1.0000001, 0.0004472135919037347],
      [3, 1.762747174039086],
      [1e200, 461.2101657793691],
    ],
  ],
  [
    'atanh',
    atanh,
    [
      [1e-8, 1e-8],
      [-0.5, -0.5493061443340549],
      [0.9999999, 8.40562139102231],
    ],
  ],
  [
    'sin',
    sin,
    [
      [1, 0.8414709848078965],
      [0.5, 0.479425538604203],
      [Math.PI, 1.2246467991473532e-16],
      [1e22, -0.8522008497671888],
      [-1.7e308, 0.5952560848632077],
      [5.319372648326541e255, 1],
    ],
  ],
  [
    'cos',
    cos,
    [
      [1, 0.5403023058681398],
      [1.5707963267948966, 6.123233995736766e-17],
      [1e22, 0.523214785395139],
    ],
  ],
  [
    'tan',
    tan,
    [
      [1, 1.5574077246549023],
      [1.5707963267948966, 1.633123935319537e16],
      [10000000000, -0.5583496378112418],
    ],
  ],
  [
    'atan',
    atan,
    [
      [0.5, 0.4636476090008061],
      [1, 0.7853981633974483],
      [-1000, -1.5697963271282298],
    ],
  ],
  [
    'asin',
    asin,
    [
      [0.5, 0.5235987755982989],
      [-0.999999, -1.5693821131146521],
    ],
  ],
  [
    'acos',
    acos,
    [
      [0.5, 1.0471975511965979],
      [-0.3, 1.8754889808102941],
      [0.9999999, 0.00044721359910904126],
    ],
  ],
  [
    'lgamma',
    lgamma,
    [
      [0.5, 0.5723649429247001],
      [5, 3.1780538303479458],
      [3.2, 0.8854048271549091],
      [-1.5, 0.860047015376481],
      [100.25, 360.28455963776423],
      [1e-300, 690.7755278982137],
      [1e10, 220258509288.81058],
      [-100.5, -364.90096830942736],
    ],
  ],
  [
    'tgamma',
    tgamma,
    [
      [0.5, 1.772453850905516],
      [5, 24],
      [3.2, 2.4239654799353683],
      [-1.5, 2.363271801207355],
      [100.25, 2.94846628183877e156],
      [-100.5, -3.3536908198076787e-159],
    ],
  ],
];

const SPECIAL: readonly One[] = [
  [
    'exp',
    exp,
    [
      [0, 1],
      [-INFINITY, 0],
      [INFINITY, INFINITY],
      [710, INFINITY],
      [-746, 0],
      [Number.NaN, Number.NaN],
    ],
  ],
  [
    'log',
    log,
    [
      [0, -INFINITY],
      [-1, Number.NaN],
      [1, 0],
      [INFINITY, INFINITY],
    ],
  ],
  [
    'log1p',
    log1p,
    [
      [-1, -INFINITY],
      [-2, Number.NaN],
      [-0, -0],
    ],
  ],
  [
    'log2',
    log2,
    [
      [2 ** -1074, -1074],
      [2 ** 1023, 1023],
    ],
  ],
  [
    'expm1',
    expm1,
    [
      [-0, -0],
      [-INFINITY, -1],
      [INFINITY, INFINITY],
    ],
  ],
  [
    'sin',
    sin,
    [
      [-0, -0],
      [INFINITY, Number.NaN],
    ],
  ],
  [
    'cos',
    cos,
    [
      [0, 1],
      [-INFINITY, Number.NaN],
    ],
  ],
  [
    'atan',
    atan,
    [
      [INFINITY, Math.PI / 2],
      [-0, -0],
    ],
  ],
  [
    'asin',
    asin,
    [
      [-0, -0],
      [1, Math.PI / 2],
      [1.1, Number.NaN],
    ],
  ],
  [
    'acos',
    acos,
    [
      [1, 0],
      [-1, Math.PI],
      [2, Number.NaN],
    ],
  ],
  [
    'tanh',
    tanh,
    [
      [-0, -0],
      [-INFINITY, -1],
    ],
  ],
  [
    'acosh',
    acosh,
    [
      [1, 0],
      [0.5, Number.NaN],
      [INFINITY, INFINITY],
    ],
  ],
  [
    'atanh',
    atanh,
    [
      [1, INFINITY],
      [-1, -INFINITY],
      [2, Number.NaN],
    ],
  ],
  [
    'cosh',
    cosh,
    [
      [-INFINITY, INFINITY],
      [0, 1],
    ],
  ],
  [
    'lgamma',
    lgamma,
    [
      [0, INFINITY],
      [-3, INFINITY],
      [1, 0],
      [-INFINITY, INFINITY],
    ],
  ],
  [
    'tgamma',
    tgamma,
    [
      [0, INFINITY],
      [-0, -INFINITY],
      [-3, Number.NaN],
      [172, INFINITY],
    ],
  ],
];

describe.each([...ONE, ...SPECIAL])('%s', (_name, f, values) => {
  it.each(values)('%f', (x, y) => expect(f(x)).toBe(y));
});

it.each([
  [2, 0.5, Math.SQRT2],
  [10, -5, 1e-5],
  [10, 22, 1e22],
  [1.1, 1000, 2.4699329180060256e41],
  [0.5, 1074, 5e-324],
  [-3, 3, -27],
  [0.001, -100.5, 3.162277660168373e301],
  [9007199254740991, 2.5, 7.699711013376142e39],
  [1, Number.NaN, 1],
  [-1, INFINITY, 1],
  [-8, 1 / 3, Number.NaN],
  [-0, -3, -INFINITY],
  [0.5, -INFINITY, INFINITY],
  [2, 1024, INFINITY],
  [10, 1e308, INFINITY],
])('pow(%f, %f)', (x, y, power) => expect(pow(x, y)).toBe(power));

it.each([
  [1, 1, 0.7853981633974483],
  [1, -2, 2.677945044588987],
  [-1e-300, 1e300, -0],
  [-1, -0.001, -1.5717963264615635],
  [1e300, 1e-300, 1.5707963267948966],
  [1e-320, -5, Math.PI],
  [0, -1, Math.PI],
  [-0, -0, -Math.PI],
  [1, 0, Math.PI / 2],
  [INFINITY, -INFINITY, (3 * Math.PI) / 4],
])('atan2(%f, %f)', (y, x, angle) => expect(atan2(y, x)).toBe(angle));

it('the length of a vector neither overflows nor vanishes', () => {
  expect([hypot(3, 4), hypot(1e200, 1e200), hypot(1e-310, 2e-310), hypot(-INFINITY, Number.NaN)]).toEqual([
    5,
    1.414213562373095e200,
    2.2360679774998e-310,
    INFINITY,
  ]);
});

it('a double is a fraction and a power of two', () => {
  for (const x of [1, -3.5, 1e308, 5e-324, 2.2e-308]) {
    const [fraction, exponent] = splitExponent(x);
    expect(Math.abs(fraction)).toBeGreaterThanOrEqual(0.5);
    expect(Math.abs(fraction)).toBeLessThan(1);
    expect(timesPowerOfTwo(fraction, exponent)).toBe(x);
  }
  expect([timesPowerOfTwo(1, 5000), timesPowerOfTwo(1, -5000), timesPowerOfTwo(3, -1075)]).toEqual([INFINITY, 0, 1e-323]);
});
