// Time and chance come from the machine: the engine's own clock, time zone and random numbers are replaced.
const { host } = $;
$.nowUs = () => host('now');
$.startedUs = $.nowUs();
const Native = Date;
const U = Native.UTC;
const wall = () => Math.floor(host('wallClock') / 1000);

/** Local time is UTC, as in a container without a time zone. */
const parse = (text) => {
  const s = String(text);
  if (/^\s*[+-]?\d{4,6}-\d\d(-\d\d)?$/.test(s) || /(Z|[+-]\d\d:?\d\d|GMT|UTC)\s*(\(.*\))?$/i.test(s)) return Native.parse(s);
  const iso = Native.parse(/^\d{4}-\d\d-\d\d[T ]\d/.test(s) ? `${s.replace(' ', 'T')}Z` : `${s} GMT`);
  return iso;
};
function Clock(...args) {
  if (!new.target) return new Clock().toString();
  let value;
  if (args.length === 0) value = wall();
  else if (args.length === 1) {
    const [v] = args;
    const p =
      v instanceof Native ? v.getTime() : typeof v === 'object' && v !== null ? (v[Symbol.toPrimitive]?.('default') ?? v.valueOf()) : v;
    value = typeof p === 'string' ? parse(p) : Number(p);
  } else value = U(...args);
  return Reflect.construct(Native, [value], new.target);
}
Clock.prototype = Native.prototype;
Object.defineProperty(Native.prototype, 'constructor', { value: Clock, writable: true, configurable: true, enumerable: false });
Object.defineProperty(Clock, 'name', { value: 'Date' });
Object.defineProperty(Clock, 'length', { value: 7 });
Object.defineProperties(Clock, {
  now: { value: wall, writable: true, configurable: true },
  parse: { value: parse, writable: true, configurable: true },
  UTC: { value: U, writable: true, configurable: true },
});
const proto = Native.prototype;
const put = (name, value) => Object.defineProperty(proto, name, { value, writable: true, configurable: true, enumerable: false });
for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
  put(`get${part}`, proto[`getUTC${part}`]);
  if (part !== 'Day') put(`set${part}`, proto[`setUTC${part}`]);
}
put('getTimezoneOffset', () => 0);
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const two = (n) => String(n).padStart(2, '0');
const dateText = (d) =>
  `${DAYS[d.getUTCDay()]} ${MONTHS[d.getUTCMonth()]} ${two(d.getUTCDate())} ${String(d.getUTCFullYear()).padStart(4, '0')}`;
const timeText = (d) => `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} GMT+0000 (Coordinated Universal Time)`;
const valid = (f) =>
  function (...args) {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : f(this, ...args);
  };
put(
  'toString',
  valid((d) => `${dateText(d)} ${timeText(d)}`),
);
put('toDateString', valid(dateText));
put('toTimeString', valid(timeText));
const usDate = (d) => `${d.getUTCMonth() + 1}/${d.getUTCDate()}/${d.getUTCFullYear()}`;
const usTime = (d) =>
  `${d.getUTCHours() % 12 || 12}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} ${d.getUTCHours() < 12 ? 'AM' : 'PM'}`;
const gbDate = (d) => `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()}`;
const clock24 = (d) => `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
const styled = (d, locale, o) => {
  const out = [];
  if (o.weekday) out.push((o.weekday === 'long' ? LONG_DAYS : DAYS)[d.getUTCDay()]);
  const month = o.month === 'long' ? LONG_MONTHS[d.getUTCMonth()] : o.month === 'short' ? MONTHS[d.getUTCMonth()] : undefined;
  const day = o.day === '2-digit' ? two(d.getUTCDate()) : String(d.getUTCDate());
  if (month) {
    out.push(o.day ? `${month} ${day}` : month);
    if (o.year) out.push(String(d.getUTCFullYear()));
    return out.join(', ');
  }
  const numbers = [];
  if (o.month) numbers.push(o.month === '2-digit' ? two(d.getUTCMonth() + 1) : d.getUTCMonth() + 1);
  if (o.day) numbers.push(day);
  if (o.year) numbers.push(d.getUTCFullYear());
  if (numbers.length > 0) out.push(numbers.join('/'));
  if (o.hour || o.minute || o.second)
    out.push(
      o.hour12 === false ? clock24(d).slice(0, o.second ? 8 : 5) : o.second || !o.minute ? usTime(d) : usTime(d).replace(/:\d\d /, ' '),
    );
  return out.join(', ') || usDate(d);
};
put(
  'toLocaleDateString',
  valid((d, locale, o) => (o ? styled(d, locale, o) : locale === 'en-GB' ? gbDate(d) : usDate(d))),
);
put(
  'toLocaleTimeString',
  valid((d, locale, o) =>
    o?.hour12 === false || locale === 'en-GB' ? clock24(d) : o?.hour ? styled(d, locale, { minute: '2-digit', ...o }) : usTime(d),
  ),
);
put(
  'toLocaleString',
  valid((d, locale, o) =>
    o && Object.keys(o).some((k) => k !== 'timeZone')
      ? styled(d, locale, o)
      : locale === 'en-GB'
        ? `${gbDate(d)}, ${clock24(d)}`
        : `${usDate(d)}, ${usTime(d)}`,
  ),
);
Object.defineProperty(globalThis, 'Date', { value: Clock, writable: true, configurable: true, enumerable: false });
$.calendar = { DAYS, MONTHS, two };

const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
Object.defineProperty(Number.prototype, 'toLocaleString', {
  value: function (_locale, o = {}) {
    const n = Number(this);
    if (!Number.isFinite(n)) return Number.isNaN(n) ? 'NaN' : n < 0 ? '-∞' : '∞';
    const currency = o.style === 'currency';
    const max = o.maximumFractionDigits ?? Math.max(currency ? 2 : 3, o.minimumFractionDigits ?? 0);
    const min = o.minimumFractionDigits ?? (currency ? 2 : 0);
    let [whole, fraction = ''] = Math.abs(o.style === 'percent' ? n * 100 : n)
      .toFixed(o.style === 'percent' ? (o.maximumFractionDigits ?? 0) : max)
      .split('.');
    while (fraction.length > min && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
    const sign = { USD: '$', EUR: '€', GBP: '£' }[o.currency] ?? (o.currency ? `${o.currency} ` : '');
    return `${n < 0 ? '-' : ''}${currency ? sign : ''}${grouped(whole)}${fraction ? `.${fraction}` : ''}${o.style === 'percent' ? '%' : ''}`;
  },
  writable: true,
  configurable: true,
  enumerable: false,
});
Object.defineProperty(BigInt.prototype, 'toLocaleString', {
  value: function () {
    return grouped(String(this));
  },
  writable: true,
  configurable: true,
});

// xorshift128+ as V8's, with a seed of the machine.
let state;
Math.random = () => {
  if (!state) state = new BigUint64Array(host('random', 16));
  let a = state[0];
  const b = state[1];
  state[0] = b;
  a ^= a << 23n;
  state[1] = a ^ b ^ (a >> 17n) ^ (b >> 26n);
  return Number((state[1] + b) & 0x1fffffffffffffn) / 2 ** 53;
};
