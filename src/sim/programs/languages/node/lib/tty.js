module.exports = { isatty: (fd) => $.host('isatty', fd) === true };
