// dns.
const net = require('net');
const lookup = (host, options, done) => {
  if (typeof options === 'function') [done, options] = [options, {}];
  const o = typeof options === 'number' ? { family: options } : (options ?? {});
  const kind = net.isIP(host);
  if (kind) return process.nextTick(() => (o.all ? done(null, [{ address: host, family: kind }]) : done(null, host, kind)));
  net.$lookup(host, (error, found) => {
    if (error) return done(error);
    const all = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (o.all) done(null, all);
    else done(null, all[0].address, all[0].family);
  });
};
const resolve4 = (host, done) =>
  net.$lookup(host, (error, found) =>
    error
      ? done(
          Object.assign(new Error(`queryA ${error.code} ${host}`), {
            errno: undefined,
            code: error.code,
            syscall: 'queryA',
            hostname: host,
          }),
        )
      : done(null, found),
  );
const resolve = (host, type, done) => (typeof type === 'function' ? resolve4(host, type) : resolve4(host, done));
const promised =
  (run) =>
  (...args) =>
    new Promise((ok, fail) => run(...args, (error, a, b) => (error ? fail(error) : ok(b === undefined ? a : { address: a, family: b }))));
module.exports = {
  lookup,
  resolve,
  resolve4,
  setServers() {},
  setDefaultResultOrder() {},
  getServers: () => (($.try('readText', '/etc/resolv.conf') ?? '').match(/^nameserver\s+\S+/gm) ?? []).map((l) => l.split(/\s+/)[1]),
  promises: { lookup: promised(lookup), resolve: promised(resolve), resolve4: promised(resolve4) },
};
