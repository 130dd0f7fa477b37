// The first file of node's library: ties the host's one door, the internal parts and the public modules together, and answers with what
// the event loop calls. `$` is shared by the internal parts and reachable from no program.
(host) => {
  const $ = { host, cache: new Map() };

  /** Loads a part of the library: `internal/errors`, `fs`. */
  $.load = (name) => {
    let module = $.cache.get(name);
    if (module) return module.exports;
    const text = host('library', name);
    if (text === '') throw new Error(`no part ${name}`);
    module = { exports: {} };
    $.cache.set(name, module);
    const run = host('compile', `(function (exports, require, module, $, process) {{${text}\n}})`, `node:${name}`);
    run(module.exports, $.require, module, $, $.process);
    return module.exports;
  };
  $.require = (name) => $.load(name.replace(/^node:/, ''));

  $.load('internal/errors');
  $.load('internal/system');
  $.load('internal/time');
  $.load('internal/loop');
  $.load('internal/process');
  $.load('internal/globals');
  $.load('internal/modules');
  const loop = $.loop;

  return {
    start: $.guard((how) => $.startProgram(how)),
    timers: $.guard(() => loop.runTimers()),
    immediates: $.guard(() => loop.runImmediates()),
    complete: $.guard((id, value) => loop.complete(id, value)),
    signal: $.guard((signal) => $.process.emit(signal, signal, $.signalNumbers[signal])),
    outputFailed: $.guard((fd, failure) => $.outputFailed(fd, failure)),
    idle: () => loop.idle(),
    end: $.guard(() => loop.end()),
    moduleSource: (file) => $.esm.source(file),
    moduleResolve: (from, specifier) => $.esm.resolve(from, specifier),
  };
};
