// Cross-origin headers.
module.exports =
  (options = {}) =>
  (req, res, next) => {
    const {
      origin = '*',
      methods = 'GET,HEAD,PUT,PATCH,POST,DELETE',
      credentials,
      exposedHeaders,
      maxAge,
      optionsSuccessStatus = 204,
    } = options;
    const asked = req.headers.origin;
    const allowed =
      typeof origin === 'string'
        ? origin
        : origin === true
          ? asked
          : Array.isArray(origin)
            ? origin.includes(asked)
              ? asked
              : undefined
            : origin instanceof RegExp
              ? origin.test(asked)
                ? asked
                : undefined
              : undefined;
    if (allowed) res.setHeader('Access-Control-Allow-Origin', allowed);
    if (allowed !== '*') res.setHeader('Vary', 'Origin');
    if (credentials) res.setHeader('Access-Control-Allow-Credentials', 'true');
    if (exposedHeaders) res.setHeader('Access-Control-Expose-Headers', [exposedHeaders].flat().join(','));
    if (req.method !== 'OPTIONS') return next();
    res.setHeader('Access-Control-Allow-Methods', [methods].flat().join(','));
    const headers = options.allowedHeaders ?? req.headers['access-control-request-headers'];
    if (headers) res.setHeader('Access-Control-Allow-Headers', [headers].flat().join(','));
    if (maxAge !== undefined) res.setHeader('Access-Control-Max-Age', String(maxAge));
    res.statusCode = optionsSuccessStatus;
    res.setHeader('Content-Length', '0');
    res.end();
  };
