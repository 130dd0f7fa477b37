/** Messages of MicroPython that CPython words otherwise. */
const REWORDED = [
  ["no module named '%q'", "No module named '%q'"],
  ["name '%q' isn't defined", "name '%q' is not defined"],
  ['divide by zero', 'division by zero'],
  ["'%s' object isn't callable", "'%s' object is not callable"],
  ["'%s' object isn't iterable", "'%s' object is not iterable"],
  ["'%s' object isn't subscriptable", "'%s' object is not subscriptable"],
  ["'%s' object isn't an iterator", "'%s' object is not an iterator"],
  ["can't convert '%q' object to %q implicitly", 'can only concatenate str (not "%q") to %q'],
  ["unsupported types for %q: '%s', '%s'", "unsupported operand type(s) for %q: '%s' and '%s'"],
  ['invalid syntax for integer with base %d: ', 'invalid literal for int() with base %d: '],
  ["can't import name %q", "cannot import name '%q'"],
  ["unexpected keyword argument '%q'", "got an unexpected keyword argument '%q'"],
];

/** Where the new texts go: the stack that the linker made is not used (vm/interpreter.ts gives a larger one). */
const ROOM = 4096;

/** Changes the messages in a module's text: each is written elsewhere, and what pointed to the old one points there. */
export function reword(wat) {
  const [start, data] = /\(data \$0 \(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)/.exec(wat).slice(1);
  const bytes = unescaped(data);
  let next = ROOM;
  const added = [];
  for (const [from, to] of REWORDED) {
    // The linker lets a text that another one ends with stand in there.
    const whole = bytes.indexOf(`\0${from}\0`);
    const at = whole < 0 ? bytes.indexOf(`${from}\0`) : whole + 1;
    if (at < 0) throw new Error(`${from} is not there`);
    const address = Number(start) + at;
    const uses = new RegExp(`\\(i32\\.const ${address}\\)`, 'g');
    if (!uses.test(wat)) throw new Error(`${from} is not used by code`);
    wat = wat.replace(uses, `(i32.const ${next})`);
    added.push(`(data (i32.const ${next}) "${to.replace(/["'\\]/g, (c) => `\\${c}`)}\\00")`);
    next += to.length + 1;
  }
  return wat.replace(' (table $0 ', ` ${added.join('\n ')}\n (table $0 `);
}

/** The bytes of a string in the text format, as characters. */
function unescaped(text) {
  const SHORT = { n: '\n', t: '\t', r: '\r' };
  return text.replace(/\\([0-9a-f]{2}|.)/g, (_, code) =>
    code.length === 2 ? String.fromCharCode(Number.parseInt(code, 16)) : (SHORT[code] ?? code),
  );
}
