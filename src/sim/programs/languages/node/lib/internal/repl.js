// The prompt: reads a line, runs it, shows what it evaluates to.
const util = $.load('util');
const HELP =
  '.break    Sometimes you get stuck, this gets you out\n.clear    Alias for .break\n.editor   Enter editor mode\n.exit     Exit the REPL\n.help     Print this help message\n.load     Load JS from a file into the REPL session\n.save     Save all evaluated commands in this REPL session to a file\n\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n';
module.exports = () => {
  const colors = $.ttys[1];
  const say = (text) => process.stdout.write(text);
  const name = `${process.cwd()}/<repl>`;
  const m = new $.Module(name);
  m.filename = name;
  Object.assign(globalThis, { module: m, exports: m.exports, require: $.Module.createRequire(name) });
  for (const bare of $.Module.builtinModules.filter((b) => !b.includes('/') && !(b in globalThis)))
    Object.defineProperty(globalThis, bare, {
      get: () => globalThis.require(bare),
      set: (value) => Object.defineProperty(globalThis, bare, { value, writable: true, configurable: true }),
      configurable: true,
    });
  let buffer = '';
  let count = 0;
  let interrupted = false;
  const prompt = () => say(buffer ? '| ' : '> ');
  const show = (value) => {
    globalThis._ = value;
    say(`${util.inspect(value, { colors, breakLength: 80 })}\n`);
  };
  const complain = (error) => {
    $.dress(error);
    const text =
      error instanceof Error ? util.inspect(error, { colors }).replace(/\n {4}at [\s\S]*?(?= \{|$)/, '') : util.inspect(error, { colors });
    say(`Uncaught ${text.replace(/^\[([\s\S]*)\]$/, '$1')}\n`);
  };
  $.repl = {
    fatal(error) {
      complain(error);
      prompt();
      return true;
    },
  };
  const compile = (text) => {
    const file = `REPL${++count}`;
    $.sources.set(file, text);
    if (/^\s*\{.*\}\s*$/s.test(text)) {
      try {
        return $.host('compile', `(${text.trim()})`, file);
      } catch (error) {
        if (error.name !== 'SyntaxError') throw error;
      }
    }
    return $.host('compile', text, file);
  };
  const evaluate = (text) => {
    try {
      if (/\bawait\b/.test(text) && !/\basync\b/.test(text)) {
        const assigned = /^\s*(?:const|let|var)\s+([\w$]+)\s*=\s*([\s\S]*?);?\s*$/.exec(text);
        const promise = $.host(
          'compile',
          assigned ? `(async () => { globalThis.${assigned[1]} = (${assigned[2]}); })()` : `(async () => (${text.replace(/;\s*$/, '')}))()`,
          `REPL${++count}`,
        );
        promise.then(show, complain).then(prompt);
        return false;
      }
      show(compile(text));
    } catch (error) {
      const { name: kind, message } = error ?? {};
      if (
        kind === 'SyntaxError' &&
        /unexpected token in expression: ''|unexpected end|expecting '[\])}]'|unterminated|expected '}'/i.test(message) &&
        !/[;)]\s*$/.test(text)
      ) {
        buffer = `${text}\n`;
        return true;
      }
      complain(error);
    }
    return true;
  };
  const command = (line) => {
    if (line === '.exit') process.exit(0);
    else if (line === '.help') say(HELP);
    else if (line === '.break' || line === '.clear') buffer = '';
    else say('Invalid REPL keyword\n');
    prompt();
  };
  say(`Welcome to Node.js ${process.version}.\nType ".help" for more information.\n`);
  prompt();
  const rl = $.load('readline').createInterface({ input: process.stdin });
  rl.on('line', (line) => {
    interrupted = false;
    if (!buffer && /^\.[a-z]+$/.test(line.trim())) return command(line.trim());
    const text = buffer + line;
    buffer = '';
    if (text.trim() === '') return prompt();
    if (evaluate(text)) prompt();
  });
  rl.on('close', () => {
    say('\n');
    process.exit();
  });
  process.on('SIGINT', () => {
    say('\n');
    if (buffer) buffer = '';
    else if (interrupted) process.exit(0);
    else {
      interrupted = true;
      say('(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
    }
    prompt();
  });
};
