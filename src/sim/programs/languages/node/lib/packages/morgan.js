// A line for each request.
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n) => String(n).padStart(2, '0');
const clf = (d) =>
  `${two(d.getUTCDate())}/${MONTHS[d.getUTCMonth()]}/${d.getUTCFullYear()}:${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`;
const FORMATS = {
  combined: ':remote-addr - - [:date[clf]] ":method :url HTTP/:http-version" :status :res[content-length] ":referrer" ":user-agent"',
  common: ':remote-addr - - [:date[clf]] ":method :url HTTP/:http-version" :status :res[content-length]',
  short: ':remote-addr - :method :url HTTP/:http-version :status :res[content-length] - :response-time ms',
  tiny: ':method :url :status :res[content-length] - :response-time ms',
  dev: ':method :url :status :response-time ms - :res[content-length]',
};
module.exports =
  (format = 'combined', options = {}) =>
  (req, res, next) => {
    const start = process.hrtime.bigint();
    const url = req.originalUrl ?? req.url;
    const address = req.socket.remoteAddress;
    res.on('finish', () => {
      if (options.skip?.(req, res)) return;
      const value = (name, arg) => {
        switch (name) {
          case 'method':
            return req.method;
          case 'url':
            return url;
          case 'status':
            return String(res.statusCode);
          case 'response-time':
            return (Number(process.hrtime.bigint() - start) / 1e6).toFixed(3);
          case 'remote-addr':
            return address;
          case 'http-version':
            return req.httpVersion;
          case 'referrer':
            return req.headers.referer;
          case 'user-agent':
            return req.headers['user-agent'];
          case 'date':
            return arg === 'clf' ? clf(new Date()) : arg === 'iso' ? new Date().toISOString() : new Date().toUTCString();
          case 'res':
            return res.getHeader(arg);
          case 'req':
            return req.headers[arg.toLowerCase()];
          default:
            return undefined;
        }
      };
      let line = (FORMATS[format] ?? format).replace(/:([-\w]{2,})(?:\[([^\]]+)\])?/g, (_, name, arg) => value(name, arg) ?? '-');
      if (format === 'dev') {
        const color = res.statusCode >= 500 ? 31 : res.statusCode >= 400 ? 33 : res.statusCode >= 300 ? 36 : res.statusCode >= 200 ? 32 : 0;
        line = line.replace(/^(\S+ \S+ )(\d+)/, `\x1b[0m$1\x1b[${color}m$2\x1b[0m`) + '\x1b[0m';
      }
      (options.stream ?? process.stdout).write(`${line}\n`);
    });
    next();
  };
