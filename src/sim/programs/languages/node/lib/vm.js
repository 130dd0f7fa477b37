// vm, in the one context that there is.
class Script {
  constructor(text, options) {
    this.text = text;
    this.file = typeof options === 'string' ? options : (options?.filename ?? 'evalmachine.<anonymous>');
  }
  runInThisContext() {
    return $.host('compile', this.text, this.file);
  }
}
const refused = () => {
  throw new Error('drydock: vm contexts are not simulated');
};
module.exports = {
  Script,
  runInThisContext: (text, options) => new Script(text, options).runInThisContext(),
  createContext: refused,
  runInContext: refused,
  runInNewContext: refused,
  isContext: () => false,
};
