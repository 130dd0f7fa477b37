// npm: scripts of package.json, and packages of the registry's catalogue.
const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');
const NPM = { 16: '8.19.4', 18: '10.8.2', 20: '10.8.2', 22: '10.9.4', 24: '11.6.2' };
const version = () => NPM[process.version.slice(1).split('.')[0]] ?? '11.9.0';
const REGISTRY = 'https://registry.npmjs.org/';
const catalogue = () => $.load('packages/catalogue');
const error = (...lines) => {
  for (const line of lines) process.stderr.write(line === '' ? 'npm error\n' : `npm error ${line}\n`);
};
const logName = () => `${process.env.HOME ?? '/root'}/.npm/_logs/${new Date().toISOString().replace(/[:.]/g, '_')}-debug-0.log`;
const fail = (code, ...lines) => {
  error(...lines, `A complete log of this run can be found in: ${logName()}`);
  process.exit(code);
};
/** The nearest directory above that has a package.json or node_modules; else this one. */
const prefix = () => {
  for (let at = process.cwd(); ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, 'package.json')) || fs.existsSync(path.join(at, 'node_modules'))) return at;
    if (at === '/') return process.cwd();
  }
};
const manifest = (dir, need = true) => {
  const file = path.join(dir, 'package.json');
  let text;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (e) {
    if (!need) return null;
    fail(
      254,
      'code ENOENT',
      'syscall open',
      `path ${file}`,
      'errno -2',
      `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${file}'`,
      'enoent This is related to npm not being able to find a file.',
      'enoent',
    );
  }
  try {
    return JSON.parse(text);
  } catch (e) {
    fail(
      1,
      'code EJSONPARSE',
      `path ${file}`,
      `JSON.parse ${e.message}`,
      'JSON.parse Failed to parse JSON data.',
      'JSON.parse Note: package.json must be actual JSON, not just JavaScript.',
    );
  }
};
const write = (file, value) => fs.writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

// ---- scripts ----

const shell = (command, dir, pkg, event, done) => {
  const bins = [];
  for (let at = dir; ; at = path.dirname(at)) {
    bins.push(path.join(at, 'node_modules/.bin'));
    if (at === '/') break;
  }
  const env = {
    ...process.env,
    PATH: [...bins, process.env.PATH].join(':'),
    npm_lifecycle_event: event,
    npm_lifecycle_script: command,
    npm_package_name: pkg?.name ?? '',
    npm_package_version: pkg?.version ?? '',
    npm_execpath: '/usr/local/lib/node_modules/npm/bin/npm-cli.js',
    npm_node_execpath: process.execPath,
    INIT_CWD: process.cwd(),
    npm_config_user_agent: `npm/${version()} node/${process.version} linux x64`,
  };
  const child = spawn('/bin/sh', ['-c', command], { stdio: 'inherit', cwd: dir, env });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', () => done(127));
  child.on('exit', (code, signal) => done(signal ? 128 + ($.signalNumbers[signal] ?? 0) : code, signal));
};
const runScript = (name, extra, silent) => {
  const dir = prefix();
  const pkg = manifest(dir);
  const scripts = { ...pkg.scripts };
  if (name === 'start' && !scripts.start && fs.existsSync(path.join(dir, 'server.js'))) scripts.start = 'node server.js';
  if (name === 'restart' && !scripts.restart) scripts.restart = 'npm stop --if-present && npm start';
  if (!scripts[name]) {
    const close = Object.keys(scripts).filter((s) => s.startsWith(name.slice(0, 3)));
    fail(
      1,
      `Missing script: "${name}"`,
      ...(close.length > 0 ? ['', 'Did you mean this?', ...close.map((s) => `  npm run ${s} # run the "${s}" package script`)] : []),
      '',
      'To see a list of scripts, run:',
      '  npm run',
    );
  }
  const quoted = extra.map((a) => (/^[\w./:=@%+-]+$/.test(a) ? a : `'${a.replace(/'/g, `'\\''`)}'`));
  const steps = [`pre${name}`, name, `post${name}`].filter((s) => scripts[s]);
  const next = () => {
    const step = steps.shift();
    if (!step) process.exit(0);
    const command = step === name ? [scripts[step], ...quoted].join(' ') : scripts[step];
    if (!silent)
      process.stdout.write(`\n> ${pkg.name ? `${pkg.name}@${pkg.version ?? ''} `.replace('@ ', ' ') : ''}${step}\n> ${command}\n\n`);
    shell(command, dir, pkg, step, (code, signal) => {
      if (code === 0) return next();
      if (signal)
        error(
          `signal ${signal}`,
          `path ${dir}`,
          'command failed',
          `command sh -c ${command}`,
          `A complete log of this run can be found in: ${logName()}`,
        );
      process.exit(code);
    });
  };
  next();
};
const listScripts = () => {
  const pkg = manifest(prefix());
  const all = Object.entries(pkg.scripts ?? {});
  if (all.length === 0) return;
  const life = all.filter(([n]) => ['start', 'test', 'stop', 'restart'].includes(n));
  const rest = all.filter(([n]) => !['start', 'test', 'stop', 'restart'].includes(n));
  if (life.length > 0)
    console.log(
      `Lifecycle scripts included in ${pkg.name}@${pkg.version}:\n${life.map(([n, c]) => `  ${n}\n    ${c}`).join('\n')}${rest.length > 0 ? '\n' : ''}`,
    );
  if (rest.length > 0) console.log(`available via \`npm run\`:\n${rest.map(([n, c]) => `  ${n}\n    ${c}`).join('\n')}`);
};

// ---- packages ----

const parseSpec = (spec) => {
  const m = /^(@[^/]+\/[^@]+|[^@]+)(?:@(.*))?$/.exec(spec);
  return { name: m[1], range: m[2] ?? '' };
};
const notFound = (name, range) =>
  fail(
    1,
    'code E404',
    `404 Not Found - GET ${REGISTRY}${name.replace('/', '%2f')} - Not found`,
    '404',
    `404  '${name}@${range || '*'}' is not in this registry.`,
    '404',
    '404 Note that you can also install from a',
    '404 tarball, folder, http url, or git folder.',
    `404 (drydock's registry has ${Object.keys(catalogue()).sort().join(', ')})`,
  );
/** Asks whether the registry can be reached, as every install does. */
const reach = (name, done) => {
  const request = require('https').request(`${REGISTRY}${name}`, (response) => {
    response.resume();
    response.on('end', done);
  });
  request.on('error', (e) =>
    fail(
      1,
      `code ${e.code}`,
      `syscall ${e.syscall}`,
      `errno ${e.code === 'EAI_AGAIN' || e.code === 'ENOTFOUND' ? e.code : e.errno}`,
      `network request to ${REGISTRY}${name} failed, reason: ${e.message}`,
      'network This is a problem related to network connectivity.',
      'network In most cases you are behind a proxy or have bad network settings.',
      'network',
      'network If you are behind a proxy, please make sure that the',
      "network 'proxy' config is set properly.  See: 'npm help config'",
    ),
  );
  request.end();
};
const place = (dir, name) => {
  const entry = catalogue()[name];
  const at = path.join(dir, 'node_modules', name);
  fs.mkdirSync(at, { recursive: true });
  write(path.join(at, 'package.json'), {
    name,
    version: entry.version,
    description: entry.description,
    main: 'index.js',
    ...(entry.bin ? { bin: entry.bin } : {}),
    license: 'MIT',
    ...(entry.dependencies ? { dependencies: entry.dependencies } : {}),
  });
  fs.writeFileSync(path.join(at, 'index.js'), $.host('library', `packages/${name}`));
  for (const [bin, file] of Object.entries(entry.bin ?? {})) {
    fs.chmodSync(path.join(at, file), 0o755);
    const link = path.join(dir, 'node_modules/.bin', bin);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.rmSync(link, { force: true });
    fs.symlinkSync(`../${name}/${file}`, link);
  }
};
const closure = (names) => {
  const out = new Set();
  const add = (name) => {
    if (out.has(name)) return;
    out.add(name);
    Object.keys(catalogue()[name]?.dependencies ?? {}).forEach(add);
  };
  names.forEach(add);
  return [...out].sort();
};
const lock = (dir, pkg, names) => {
  const packages = {
    '': {
      name: pkg.name,
      version: pkg.version,
      ...(pkg.license ? { license: pkg.license } : {}),
      ...(pkg.dependencies ? { dependencies: pkg.dependencies } : {}),
      ...(pkg.devDependencies ? { devDependencies: pkg.devDependencies } : {}),
    },
  };
  for (const name of names)
    packages[`node_modules/${name}`] = {
      version: catalogue()[name].version,
      resolved: `${REGISTRY}${name}/-/${name}-${catalogue()[name].version}.tgz`,
      license: 'MIT',
    };
  write(path.join(dir, 'package-lock.json'), { name: pkg.name, version: pkg.version, lockfileVersion: 3, requires: true, packages });
};
const elapsed = (started) => {
  const ms = ($.nowUs() - started) / 1000;
  return ms < 1000 ? `${Math.round(ms)}ms` : `${Math.round(ms / 1000)}s`;
};
/** What a package takes to come and be unpacked, milliseconds. */
const TRANSFER_MS = 350;
const plural = (n) => `${n} package${n === 1 ? '' : 's'}`;
const install = (specs, flags, command) => {
  const started = $.nowUs();
  if (flags.has('-g') || flags.has('--global')) return installGlobal(specs, started);
  const dir = prefix();
  const had = manifest(dir, command === 'ci');
  const pkg = had ?? {};
  if (command === 'ci' && !fs.existsSync(path.join(dir, 'package-lock.json')))
    fail(
      1,
      'code EUSAGE',
      '',
      'The `npm ci` command can only install with an existing package-lock.json or',
      'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
      'later to generate a package-lock.json file, then try again.',
      '',
      'Clean install a project',
      '',
      'Usage:',
      'npm ci',
      '',
      'Run "npm help ci" for more info',
    );
  const asked = specs.map(parseSpec);
  const dev = flags.has('-D') || flags.has('--save-dev');
  const production =
    flags.has('--production') || flags.has('--omit=dev') || flags.has('--only=production') || process.env.NODE_ENV === 'production';
  const wanted = [
    ...asked.map((s) => s.name),
    ...Object.keys(pkg.dependencies ?? {}),
    ...(production && !dev ? [] : Object.keys(pkg.devDependencies ?? {})),
  ];
  const go = () => {
    for (const name of wanted)
      if (!Object.hasOwn(catalogue(), name))
        notFound(name, asked.find((s) => s.name === name)?.range ?? pkg.dependencies?.[name] ?? pkg.devDependencies?.[name]);
    if (command === 'ci') fs.rmSync(path.join(dir, 'node_modules'), { recursive: true, force: true });
    const names = closure(wanted);
    const added = names.filter((name) => !fs.existsSync(path.join(dir, 'node_modules', name)));
    for (const name of added) place(dir, name);
    if (asked.length > 0 && !flags.has('--no-save')) {
      const key = dev ? 'devDependencies' : 'dependencies';
      for (const { name, range } of asked) {
        if (pkg[dev ? 'dependencies' : 'devDependencies']) delete pkg[dev ? 'dependencies' : 'devDependencies'][name];
        pkg[key] = { ...pkg[key], [name]: /^[\^~]?\d/.test(range) ? range : `^${catalogue()[name].version}` };
      }
      pkg[key] = Object.fromEntries(Object.entries(pkg[key]).sort(([a], [b]) => (a < b ? -1 : 1)));
      write(path.join(dir, 'package.json'), pkg);
    }
    if (command !== 'ci')
      lock(
        dir,
        { name: path.basename(dir), ...pkg },
        closure([...Object.keys(pkg.dependencies ?? {}), ...Object.keys(pkg.devDependencies ?? {})]),
      );
    const time = elapsed(started);
    console.log(
      `\n${added.length > 0 ? `added ${plural(added.length)}, and audited` : 'up to date, audited'} ${plural(names.length + 1)} in ${time}\n\nfound 0 vulnerabilities`,
    );
  };
  if (wanted.length === 0 || (command !== 'ci' && closure(wanted).every((name) => fs.existsSync(path.join(dir, 'node_modules', name)))))
    go();
  else reach(wanted[0], () => setTimeout(go, TRANSFER_MS * wanted.length));
};
const installGlobal = (specs, started) => {
  const names = specs.map((s) => parseSpec(s).name);
  reach(names[0] ?? 'npm', () => {
    for (const name of names) {
      if (name === 'npm') continue;
      if (!Object.hasOwn(catalogue(), name)) notFound(name, '');
      place('/usr/local/lib/$', name);
    }
    fs.mkdirSync('/usr/local/lib/node_modules', { recursive: true });
    for (const name of closure(names.filter((n) => n !== 'npm'))) {
      fs.cpSync(`/usr/local/lib/$/node_modules/${name}`, `/usr/local/lib/node_modules/${name}`, { recursive: true });
      for (const [bin, file] of Object.entries(catalogue()[name].bin ?? {})) {
        fs.chmodSync(`/usr/local/lib/node_modules/${name}/${file}`, 0o755);
        fs.rmSync(`/usr/local/bin/${bin}`, { force: true });
        fs.symlinkSync(`../lib/node_modules/${name}/${file}`, `/usr/local/bin/${bin}`);
      }
    }
    fs.rmSync('/usr/local/lib/$', { recursive: true, force: true });
    console.log(`\nadded ${plural(names.length)} in ${elapsed(started)}`);
  });
};
const uninstall = (specs) => {
  const started = $.nowUs();
  const dir = prefix();
  const pkg = manifest(dir);
  let removed = 0;
  for (const name of specs) {
    for (const key of ['dependencies', 'devDependencies']) if (pkg[key]) delete pkg[key][name];
    if (fs.existsSync(path.join(dir, 'node_modules', name))) removed++;
    fs.rmSync(path.join(dir, 'node_modules', name), { recursive: true, force: true });
  }
  write(path.join(dir, 'package.json'), pkg);
  const left = closure([...Object.keys(pkg.dependencies ?? {}), ...Object.keys(pkg.devDependencies ?? {})]);
  lock(dir, pkg, left);
  console.log(
    `\n${removed > 0 ? `removed ${plural(removed)}, and audited` : 'up to date, audited'} ${plural(left.length + 1)} in ${elapsed(started)}\n\nfound 0 vulnerabilities`,
  );
};
const list = () => {
  const dir = prefix();
  const pkg = manifest(dir, false) ?? {};
  const names = Object.keys({ ...pkg.dependencies, ...pkg.devDependencies }).sort();
  console.log(`${pkg.name ? `${pkg.name}@${pkg.version ?? ''}` : path.basename(dir)} ${dir}`);
  let missing = false;
  names.forEach((name, i) => {
    const found = manifest(path.join(dir, 'node_modules', name), false);
    missing ||= !found;
    console.log(
      `${i === names.length - 1 ? '└──' : '├──'} ${found ? `${name}@${found.version}` : `UNMET DEPENDENCY ${name}@${pkg.dependencies?.[name] ?? pkg.devDependencies?.[name]}`}`,
    );
  });
  if (names.length === 0) console.log('└── (empty)');
  console.log('');
  if (missing) {
    for (const name of names.filter((n) => !fs.existsSync(path.join(dir, 'node_modules', n))))
      error(
        'code ELSPROBLEMS',
        `missing: ${name}@${pkg.dependencies?.[name] ?? pkg.devDependencies?.[name]}, required by ${pkg.name}@${pkg.version}`,
      );
    process.exit(1);
  }
};
const init = (flags) => {
  if (!flags.has('-y') && !flags.has('--yes')) {
    process.stderr.write('drydock: "npm init" asks nothing; use "npm init -y"\n');
    process.exit(1);
  }
  const dir = process.cwd();
  const file = path.join(dir, 'package.json');
  const old = manifest(dir, false) ?? {};
  const scripts = {
    test: 'echo "Error: no test specified" && exit 1',
    ...(fs.existsSync(path.join(dir, 'server.js')) ? { start: 'node server.js' } : {}),
  };
  const main = fs.existsSync(path.join(dir, 'index.js')) ? 'index.js' : (fs.readdirSync(dir).find((f) => f.endsWith('.js')) ?? 'index.js');
  const pkg = {
    name: path.basename(dir).toLowerCase() || 'app',
    version: '1.0.0',
    main,
    scripts,
    keywords: [],
    author: '',
    license: 'ISC',
    description: '',
    ...(Number(version().split('.')[0]) >= 11 ? { type: 'commonjs' } : {}),
    ...old,
  };
  write(file, pkg);
  console.log(`Wrote to ${file}:\n\n${JSON.stringify(pkg, null, 2)}\n\n`);
};
const npx = (words) => {
  const args = words.filter((w, i) => !(w.startsWith('-') && i === 0));
  const [name, ...rest] = args;
  if (!name) return;
  const { name: bare } = parseSpec(name);
  const dir = prefix();
  const local = path.join(dir, 'node_modules/.bin', bare);
  const go = (file) => shell([file, ...rest.map((r) => `'${r}'`)].join(' '), process.cwd(), null, 'npx', (code) => process.exit(code));
  if (fs.existsSync(local)) return go(local);
  if (!Object.hasOwn(catalogue(), bare)) return reach(bare, () => notFound(bare, ''));
  const cache = `${process.env.HOME ?? '/root'}/.npm/_npx/1`;
  reach(bare, () => {
    place(cache, bare);
    go(path.join(cache, 'node_modules/.bin', bare));
  });
};
const USAGE = `npm <command>\n\nUsage:\n\nnpm install        install all the dependencies in your project\nnpm install <foo>  add the <foo> dependency to your project\nnpm test           run this project's tests\nnpm run <foo>      run the script named <foo>\n\nAll commands:\n\n    ci, exec, init, install, ls, run, start, stop, test, uninstall\n`;
module.exports = (argv) => {
  const [tool, ...words] = argv;
  if (tool === 'npx') return words[0] === '-v' || words[0] === '--version' ? console.log(version()) : npx(words);
  const rest = words.includes('--') ? words.slice(words.indexOf('--') + 1) : [];
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const flags = new Set(own.filter((w) => w.startsWith('-')));
  if (flags.has('--prefix')) process.chdir(own[own.indexOf('--prefix') + 1]);
  const plain = own.filter((w, i) => !w.startsWith('-') && own[i - 1] !== '--prefix');
  const [command, ...args] = plain;
  if (flags.has('-v') || flags.has('--version')) return console.log(version());
  const silent = flags.has('-s') || flags.has('--silent');
  switch (command) {
    case 'start':
    case 'stop':
    case 'restart':
      return runScript(command, [...args, ...rest], silent);
    case 'test':
    case 't':
    case 'tst':
      return runScript('test', [...args, ...rest], silent);
    case 'run':
    case 'run-script':
    case 'rum':
      return args.length === 0 ? listScripts() : runScript(args[0], [...args.slice(1), ...rest], silent);
    case 'install':
    case 'i':
    case 'add':
      return install(args, flags, 'install');
    case 'ci':
    case 'clean-install':
      return install([], flags, 'ci');
    case 'uninstall':
    case 'remove':
    case 'rm':
    case 'un':
      return uninstall(args);
    case 'ls':
    case 'list':
      return list();
    case 'init':
    case 'create':
      return init(flags);
    case 'exec':
    case 'x':
      return npx([...args, ...rest]);
    case 'cache':
    case 'config':
    case 'fund':
    case 'audit':
      if (command === 'audit') console.log('found 0 vulnerabilities');
      return;
    case 'root':
      return console.log(path.join(prefix(), 'node_modules'));
    case 'prefix':
      return console.log(prefix());
    case undefined:
    case 'help':
      process.stdout.write(USAGE);
      process.exitCode = command ? 0 : 1;
      return;
    default:
      if (
        [
          'view',
          'info',
          'outdated',
          'update',
          'publish',
          'login',
          'link',
          'pack',
          'search',
          'version',
          'pkg',
          'why',
          'explain',
          'dedupe',
          'prune',
          'rebuild',
        ].includes(command)
      ) {
        process.stderr.write(`drydock: "npm ${command}" is not simulated\n`);
        process.exitCode = 1;
        return;
      }
      process.stdout.write(`Unknown command: "${command}"\n\nTo see a list of supported npm commands, run:\n  npm help\n`);
      process.exitCode = 1;
  }
};
