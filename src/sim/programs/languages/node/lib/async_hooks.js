// async_hooks, without following promises: a store lasts as long as the call.
class AsyncLocalStorage {
  #value;
  run(value, run, ...args) {
    const before = this.#value;
    this.#value = value;
    try {
      return run(...args);
    } finally {
      this.#value = before;
    }
  }
  getStore() {
    return this.#value;
  }
  enterWith(value) {
    this.#value = value;
  }
}
class AsyncResource {
  runInAsyncScope(run, self, ...args) {
    return run.apply(self, args);
  }
  static bind(run) {
    return run;
  }
}
module.exports = {
  AsyncLocalStorage,
  AsyncResource,
  executionAsyncId: () => 1,
  triggerAsyncId: () => 0,
  createHook: () => ({ enable() {}, disable() {} }),
};
