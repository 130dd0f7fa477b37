// readline/promises.
const readline = require('readline');
module.exports = {
  ...readline,
  createInterface(...args) {
    const rl = readline.createInterface(...args);
    const { question } = rl;
    rl.question = (text) => new Promise((resolve) => question(text, resolve));
    return rl;
  },
};
