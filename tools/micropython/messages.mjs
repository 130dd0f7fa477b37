/** Messages of MicroPython that CPython words otherwise, of the same length or shorter: they are changed where they stand. */
const REWORDED = [
  ["no module named '%q'", "No module named '%q'"],
];

/** Changes the messages in a module's text. */
export function reword(wat) {
  for (const [from, to] of REWORDED) {
    const old = `${escaped(from)}\\00`;
    const at = wat.indexOf(old);
    if (at < 0) throw new Error(`${from} is not there`);
    if (to.length > from.length) throw new Error(`${to} is too long`);
    wat = wat.slice(0, at) + escaped(to) + '\\00'.repeat(1 + from.length - to.length) + wat.slice(at + old.length);
  }
  return wat;
}

const escaped = (text) => text.replace(/['"\\]/g, (c) => `\\${c}`);
