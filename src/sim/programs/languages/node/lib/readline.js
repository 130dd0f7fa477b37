// readline: lines of a stream, and questions.
const EventEmitter = require('events');
class Interface extends EventEmitter {
  constructor(input, output) {
    super();
    const o = input?.input ? input : { input, output };
    this.input = o.input;
    this.output = o.output;
    this.terminal = Boolean(o.terminal ?? o.output?.isTTY);
    this.line = '';
    this.closed = false;
    let rest = '';
    let prompt = o.prompt ?? '> ';
    let asking = null;
    const waiting = [];
    this.getPrompt = () => prompt;
    this.setPrompt = (text) => {
      prompt = text;
    };
    this.prompt = () => {
      this.output?.write(prompt);
      this.resume();
    };
    const take = (line) => {
      if (asking) {
        const done = asking;
        asking = null;
        done(line);
      } else this.emit('line', line);
    };
    this.question = (text, options, done = options) => {
      if (this.closed) throw $.coded(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
      this.output?.write(text);
      asking = done;
      this.resume();
    };
    const { StringDecoder } = require('string_decoder');
    const decoder = new StringDecoder();
    const onData = (chunk) => {
      rest += typeof chunk === 'string' ? chunk : decoder.write(chunk);
      const lines = rest.split(/\r\n|\n|\r/);
      rest = lines.pop();
      for (const line of lines) take(line);
    };
    const onEnd = () => {
      if (rest !== '') {
        const last = rest;
        rest = '';
        take(last);
      }
      this.close();
    };
    this.input.on('data', onData);
    this.input.on('end', onEnd);
    this.close = () => {
      if (this.closed) return;
      this.closed = true;
      this.input.removeListener('data', onData);
      this.input.removeListener('end', onEnd);
      this.input.pause();
      this.emit('close');
      for (const wake of waiting) wake();
    };
    this.pause = () => {
      this.input.pause();
      return this;
    };
    this.resume = () => {
      if (!this.closed) this.input.resume();
      return this;
    };
    this.write = (text) => this.output?.write(text);
    this[Symbol.asyncIterator] = async function* () {
      const lines = [];
      let wake;
      this.on('line', (line) => {
        lines.push(line);
        wake?.();
      });
      waiting.push(() => wake?.());
      for (;;) {
        while (lines.length > 0) yield lines.shift();
        if (this.closed) return;
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    };
    for (const name of ['getPrompt', 'setPrompt', 'prompt', 'question', 'close', 'pause', 'resume', 'write'])
      Object.defineProperty(this, name, { enumerable: false });
    // As real: Ctrl-C at a question closes it.
    if (this.terminal) process.once?.('exit', () => {});
  }
}
module.exports = {
  Interface,
  createInterface: (input, output) => new Interface(input, output),
  clearLine: (stream, dir) => stream.clearLine?.(dir),
  cursorTo: (stream, x, y) => stream.cursorTo?.(x, y),
  moveCursor: (stream, x, y) => stream.moveCursor?.(x, y),
  clearScreenDown: (stream) => stream.clearScreenDown?.(),
  emitKeypressEvents() {},
  get promises() {
    return require('readline/promises');
  },
};
