// System calls: at once (`$.sys`), or answered in a later turn (`$.begin`).
const { host } = $;

$.systemError = (failure, syscall, path, dest) => {
  const { errno, code, text } = failure;
  const where = path === undefined ? '' : dest === undefined ? ` '${path}'` : ` '${path}' -> '${dest}'`;
  const e = new Error(`${code}: ${text}, ${syscall}${where}`);
  e.errno = errno;
  e.code = code;
  e.syscall = syscall;
  if (path !== undefined) e.path = path;
  if (dest !== undefined) e.dest = dest;
  return e;
};

/** Runs a host call; a failure is thrown as `syscall` on `path`. */
$.sys = (name, args, syscall = name, path = undefined, dest = undefined) => {
  const answer = host(name, ...args);
  if (answer?.$error) throw $.systemError(answer.$error, syscall, path, dest);
  return answer;
};
/** The same; a failure is null. */
$.try = (name, ...args) => {
  const answer = host(name, ...args);
  return answer?.$error ? null : answer;
};

let next = 1;
$.pending = new Map();
/** Starts a host call. `done(failure, value)`; answers with an object that can be cancelled, and (un)referenced. */
$.begin = (name, args, done) => {
  const request = { id: next++, ref: true, done, cancel: () => $.pending.delete(request.id) && host('cancel', request.id) };
  $.pending.set(request.id, request);
  host('start', request.id, name, ...args);
  return request;
};
