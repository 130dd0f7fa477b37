// https: a client that shakes hands as the simulated network does.
const http = require('http');
const secure = (socket, host, ready) => {
  const request = $.begin('tls', [socket.$fd, host], (failure, value) => {
    if (failure || value)
      return ready(
        Object.assign(new Error(value?.text ?? 'Client network socket disconnected before secure TLS connection was established'), {
          code: value?.code ?? 'ECONNRESET',
        }),
      );
    socket.$held = false;
    socket._readableState.reading = false;
    socket.$more();
    ready();
  });
  return request;
};
const request = (input, options, done) => {
  if (typeof options === 'function') [done, options] = [options, {}];
  const more = { $protocol: 'https:', $secure: secure };
  return typeof input === 'string' || input instanceof URL
    ? http.request(input, { ...options, ...more }, done)
    : http.request({ ...input, ...more }, options?.call ? options : done);
};
module.exports = {
  ...http,
  request,
  get: (...args) => {
    const r = request(...args);
    r.end();
    return r;
  },
  createServer() {
    throw new Error('drydock: https.createServer is not simulated');
  },
  globalAgent: new http.Agent({ keepAlive: false }),
};
