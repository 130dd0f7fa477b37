// timers/promises.
const wait = (set, clear) => (args, value, options) =>
  new Promise((resolve, reject) => {
    const signal = options?.signal;
    const fail = () => Object.assign(new DOMException('The operation was aborted', 'AbortError'), { code: 'ABORT_ERR' });
    if (signal?.aborted) return reject(fail());
    const timer = set(resolve, ...args, value);
    if (options?.ref === false) timer.unref();
    signal?.addEventListener('abort', () => {
      clear(timer);
      reject(fail());
    });
  });
module.exports = {
  setTimeout: (ms, value, options) => wait(setTimeout, clearTimeout)([ms], value, options),
  setImmediate: (value, options) => wait(setImmediate, clearImmediate)([], value, options),
  async *setInterval(ms, value) {
    for (;;) {
      await module.exports.setTimeout(ms);
      yield value;
    }
  },
  scheduler: { wait: (ms) => module.exports.setTimeout(ms), yield: () => module.exports.setImmediate() },
};
