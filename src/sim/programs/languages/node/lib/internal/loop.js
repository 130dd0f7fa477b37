// Timers, ticks, microtasks: what runs in a turn and in which order.
const { host } = $;
const ticks = [];
const immediates = new Map();
let timers = [];
let sequence = 0;
let loopTime = Math.floor($.nowUs() / 1000);
const clock = () => Math.floor($.nowUs() / 1000);

/** After every callback: nextTick's queue, then promises, until both are empty; then what nobody handled. */
$.drain = () => {
  for (;;) {
    while (ticks.length > 0) {
      const { run, args } = ticks.shift();
      try {
        run(...args);
      } catch (error) {
        $.fatal(error);
      }
      if (ticks.length === 0) host('drain');
    }
    host('drain');
    if (ticks.length > 0) continue;
    if (!rejections()) return;
  }
};

const rejections = () => {
  let any = false;
  const NONE = {};
  for (;;) {
    const found = takeRejection(NONE);
    if (found === NONE) return any;
    any = true;
    if ($.process.listenerCount('unhandledRejection') > 0) {
      try {
        $.process.emit('unhandledRejection', found.reason, found.promise);
      } catch (error) {
        $.fatal(error);
      }
    } else $.unhandled(found.reason);
  }
};
const takeRejection = (none) => {
  const box = host('rejection');
  return box ? { reason: box[0], promise: box[1] } : none;
};

/** Runs a callback as a turn of its own. */
$.guard =
  (run) =>
  (...args) => {
    let answer;
    try {
      answer = run(...args);
    } catch (error) {
      $.fatal(error);
    }
    $.drain();
    return answer;
  };

$.nextTick = (run, ...args) => {
  if (typeof run !== 'function') throw $.invalidArg('callback', 'of type function', run);
  ticks.push({ run, args });
};

/** What waits keeps the program alive while it is referenced. */
class Waiting {
  ref() {
    this.$.ref = true;
    return this;
  }
  unref() {
    this.$.ref = false;
    return this;
  }
  hasRef() {
    return this.$.ref;
  }
}
class Timeout extends Waiting {
  constructor(run, delay, args, repeat) {
    super();
    this._idleTimeout = delay;
    this._onTimeout = run;
    this._repeat = repeat ? delay : null;
    Object.defineProperty(this, '$', { value: { args, ref: true, due: 0, order: 0, active: false, id: ++sequence }, enumerable: false });
  }
  refresh() {
    if (this.$.active) schedule(this);
    return this;
  }
  close() {
    cancel(this);
    return this;
  }
  [Symbol.toPrimitive]() {
    byId.set(this.$.id, this);
    return this.$.id;
  }
}
const byId = new Map();
class Immediate extends Waiting {
  constructor(run, args) {
    super();
    this._onImmediate = run;
    Object.defineProperty(this, '$', { value: { args, ref: true }, enumerable: false });
  }
}

const schedule = (timer) => {
  cancel(timer);
  const { $: own } = timer;
  own.due = clock() + timer._idleTimeout;
  own.order = ++sequence;
  own.active = true;
  // Sorted by time, then by when it was set; new ones mostly go to the end.
  let at = timers.length;
  while (at > 0 && timers[at - 1].$.due > own.due) at--;
  timers.splice(at, 0, timer);
};
const cancel = (timer) => {
  if (timer == null) return;
  const found = timer instanceof Timeout ? timer : byId.get(Number(timer));
  if (!found?.$.active) return;
  found.$.active = false;
  timers = timers.filter((each) => each !== found);
};

const delayOf = (ms) => {
  const n = Number(ms);
  return n >= 1 && n <= 2147483647 ? Math.trunc(n) : 1;
};
const add = (run, ms, args, repeat) => {
  if (typeof run !== 'function') throw $.invalidArg('callback', 'of type function', run);
  const timer = new Timeout(run, delayOf(ms), args, repeat);
  schedule(timer);
  return timer;
};
$.timers = {
  setTimeout: (run, ms, ...args) => add(run, ms, args, false),
  setInterval: (run, ms, ...args) => add(run, ms, args, true),
  setImmediate: (run, ...args) => {
    if (typeof run !== 'function') throw $.invalidArg('callback', 'of type function', run);
    const immediate = new Immediate(run, args);
    immediates.set(immediate, true);
    return immediate;
  },
  clearTimeout: cancel,
  clearInterval: cancel,
  clearImmediate: (immediate) => immediates.delete(immediate),
  Timeout,
  Immediate,
};

const callback = (run, self, args) => {
  try {
    run.apply(self, args);
  } catch (error) {
    $.fatal(error);
  }
  $.drain();
};

$.loop = {
  runTimers() {
    loopTime = clock();
    while (timers.length > 0 && timers[0].$.due <= loopTime) {
      const timer = timers.shift();
      timer.$.active = false;
      callback(timer._onTimeout, timer, timer.$.args);
      if (timer._repeat !== null && !timer.$.active && timer._idleTimeout !== -1 && !timer.$.cleared) schedule(timer);
    }
  },
  runImmediates() {
    const now = [...immediates.keys()];
    for (const each of now) {
      if (!immediates.delete(each)) continue;
      callback(each._onImmediate, each, each.$.args);
    }
  },
  complete(id, value) {
    const request = $.pending.get(id);
    if (!request) return;
    $.pending.delete(id);
    if (value?.$error) request.done(value.$error);
    else request.done(null, value);
  },
  /** Milliseconds until something is due; -1 to wait for the machine alone, -2 when nothing keeps the program alive. */
  idle() {
    for (const each of immediates.keys()) if (each.$.ref) return 0;
    let alive = false;
    for (const each of $.pending.values()) if (each.ref) alive = true;
    alive ||= timers.some((each) => each.$.ref);
    if (!alive) return -2;
    return timers.length > 0 ? Math.max(0, timers[0].$.due - clock()) : -1;
  },
  end() {
    const { process } = $;
    process.emit('beforeExit', process.exitCode ?? 0);
    $.drain();
    if ($.loop.idle() === -2) {
      const waiting = $.topLevelAwait?.();
      process.exit(waiting ? 13 : undefined);
    }
  },
};
const clear = (timer) => {
  if (timer == null) return;
  const found = timer instanceof Timeout ? timer : byId.get(Number(timer));
  if (found) found.$.cleared = true;
  cancel(found);
};
$.timers.clearTimeout = clear;
$.timers.clearInterval = clear;
