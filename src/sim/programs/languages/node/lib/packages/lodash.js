// What is used most of lodash.
const get = (object, path, fallback) => {
  let at = object;
  for (const key of Array.isArray(path)
    ? path
    : String(path)
        .replace(/\[(\w+)\]/g, '.$1')
        .split('.')) {
    if (at === null || at === undefined) return fallback;
    at = at[key];
  }
  return at === undefined ? fallback : at;
};
const set = (object, path, value) => {
  const keys = Array.isArray(path)
    ? path
    : String(path)
        .replace(/\[(\w+)\]/g, '.$1')
        .split('.');
  let at = object;
  keys.forEach((key, i) => {
    if (key === '__proto__') return;
    if (i === keys.length - 1) at[key] = value;
    else at = at[key] ??= /^\d+$/.test(keys[i + 1]) ? [] : {};
  });
  return object;
};
const by = (f) =>
  typeof f === 'function'
    ? f
    : f && typeof f === 'object'
      ? (o) => Object.entries(f).every(([k, v]) => isEqual(o[k], v))
      : (o) => get(o, f);
const isEqual = (a, b) => require('util').isDeepStrictEqual(a, b);
const values = (c) => (Array.isArray(c) ? c : Object.values(c ?? {}));
const words = (s) => String(s).match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
const upperFirst = (s) => s.charAt(0).toUpperCase() + s.slice(1);
const merge = (target, ...sources) => {
  for (const source of sources)
    for (const [k, v] of Object.entries(source ?? {})) {
      if (k === '__proto__') continue;
      if (v && typeof v === 'object' && !Array.isArray(v) && target[k] && typeof target[k] === 'object') merge(target[k], v);
      else target[k] = v && typeof v === 'object' ? structuredClone(v) : v;
    }
  return target;
};
const orderBy = (c, keys, orders = []) => {
  const list = [keys].flat().map(by);
  return [...values(c)].sort((a, b) => {
    for (const [i, f] of list.entries()) {
      const [x, y] = [f(a), f(b)];
      if (x !== y) return (x < y ? -1 : 1) * ([orders].flat()[i] === 'desc' ? -1 : 1);
    }
    return 0;
  });
};
const debounce = (f, ms = 0) => {
  let t;
  const d = (...a) => {
    clearTimeout(t);
    t = setTimeout(() => f(...a), ms);
  };
  d.cancel = () => clearTimeout(t);
  return d;
};
const throttle = (f, ms = 0) => {
  let last = Number.NEGATIVE_INFINITY;
  return (...a) => {
    if (Date.now() - last < ms) return undefined;
    last = Date.now();
    return f(...a);
  };
};
module.exports = {
  get,
  set,
  merge,
  orderBy,
  isEqual,
  debounce,
  throttle,
  upperFirst,
  has: (o, p) => get(o, p) !== undefined,
  sortBy: (c, ...k) => orderBy(c, k.flat()),
  groupBy: (c, f) => Object.groupBy(values(c), by(f)),
  keyBy: (c, f) => Object.fromEntries(values(c).map((v) => [by(f)(v), v])),
  countBy: (c, f) => values(c).reduce((o, v) => ({ ...o, [by(f)(v)]: (o[by(f)(v)] ?? 0) + 1 }), {}),
  map: (c, f) => values(c).map(by(f)),
  filter: (c, f) => values(c).filter(by(f)),
  find: (c, f) => values(c).find(by(f)),
  reject: (c, f) => values(c).filter((v) => !by(f)(v)),
  reduce: (c, f, i) => values(c).reduce(f, i),
  forEach: (c, f) => (values(c).forEach(f), c),
  some: (c, f) => values(c).some(by(f)),
  every: (c, f) => values(c).every(by(f)),
  includes: (c, v) => (typeof c === 'string' ? c.includes(v) : values(c).includes(v)),
  uniq: (l) => [...new Set(l)],
  uniqBy: (l, f) => [...new Map([...l].reverse().map((v) => [by(f)(v), v])).values()].reverse(),
  flatten: (l) => l.flat(),
  flattenDeep: (l) => l.flat(Number.POSITIVE_INFINITY),
  compact: (l) => l.filter(Boolean),
  difference: (a, ...b) => a.filter((v) => !b.flat().includes(v)),
  intersection: (a, b) => a.filter((v) => b.includes(v)),
  union: (...l) => [...new Set(l.flat())],
  zip: (...l) => l[0].map((_, i) => l.map((x) => x[i])),
  chunk: (l, n = 1) => Array.from({ length: Math.ceil(l.length / n) }, (_, i) => l.slice(i * n, i * n + n)),
  range: (a, b, s = 1) =>
    Array.from({ length: Math.max(0, Math.ceil(((b ?? a) - (b === undefined ? 0 : a)) / s)) }, (_, i) => (b === undefined ? 0 : a) + i * s),
  times: (n, f) => Array.from({ length: n }, (_, i) => f(i)),
  head: (l) => l[0],
  first: (l) => l[0],
  last: (l) => l.at(-1),
  take: (l, n = 1) => l.slice(0, n),
  drop: (l, n = 1) => l.slice(n),
  sum: (l) => l.reduce((a, b) => a + b, 0),
  sumBy: (l, f) => l.reduce((a, b) => a + by(f)(b), 0),
  mean: (l) => l.reduce((a, b) => a + b, 0) / l.length,
  max: (l) => (l.length ? l.reduce((a, b) => (a > b ? a : b)) : undefined),
  min: (l) => (l.length ? l.reduce((a, b) => (a < b ? a : b)) : undefined),
  maxBy: (l, f) => orderBy(l, [f], ['desc'])[0],
  minBy: (l, f) => orderBy(l, [f])[0],
  random: (a = 0, b = 1) => a + Math.floor(Math.random() * (b - a + 1)),
  shuffle: (l) =>
    [...l]
      .map((v) => [Math.random(), v])
      .sort((a, b) => a[0] - b[0])
      .map(([, v]) => v),
  sample: (l) => l[Math.floor(Math.random() * l.length)],
  clamp: (n, a, b) => Math.min(Math.max(n, a), b),
  pick: (o, ...k) =>
    Object.fromEntries(
      k
        .flat()
        .filter((x) => x in o)
        .map((x) => [x, o[x]]),
    ),
  omit: (o, ...k) => Object.fromEntries(Object.entries(o).filter(([x]) => !k.flat().includes(x))),
  mapValues: (o, f) => Object.fromEntries(Object.entries(o).map(([k, v]) => [k, by(f)(v, k)])),
  mapKeys: (o, f) => Object.fromEntries(Object.entries(o).map(([k, v]) => [f(v, k), v])),
  invert: (o) => Object.fromEntries(Object.entries(o).map(([k, v]) => [v, k])),
  keys: Object.keys,
  values: Object.values,
  assign: Object.assign,
  defaults: (o, ...s) => Object.assign(o, ...s.map((x) => Object.fromEntries(Object.entries(x).filter(([k]) => o[k] === undefined)))),
  cloneDeep: (v) => structuredClone(v),
  clone: (v) => (Array.isArray(v) ? [...v] : { ...v }),
  isEmpty: (v) => v === null || v === undefined || (v.size ?? v.length ?? Object.keys(v).length) === 0 || typeof v === 'number',
  isString: (v) => typeof v === 'string',
  isNumber: (v) => typeof v === 'number',
  isArray: Array.isArray,
  isObject: (v) => v !== null && ['object', 'function'].includes(typeof v),
  isFunction: (v) => typeof v === 'function',
  isNil: (v) => v === null || v === undefined,
  isPlainObject: (v) => v !== null && typeof v === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(v)),
  camelCase: (s) =>
    words(s)
      .map((w, i) => (i ? upperFirst(w.toLowerCase()) : w.toLowerCase()))
      .join(''),
  kebabCase: (s) => words(s).join('-').toLowerCase(),
  snakeCase: (s) => words(s).join('_').toLowerCase(),
  startCase: (s) => words(s).map(upperFirst).join(' '),
  capitalize: (s) => upperFirst(s.toLowerCase()),
  trim: (s) => s.trim(),
  padStart: (s, n, c) => s.padStart(n, c),
  once: (f) => {
    let done;
    return (...a) => (done ??= [f(...a)])[0];
  },
  memoize: (f) => {
    const m = new Map();
    return (k) => (m.has(k) ? m.get(k) : (m.set(k, f(k)), m.get(k)));
  },
  noop() {},
  identity: (v) => v,
};
