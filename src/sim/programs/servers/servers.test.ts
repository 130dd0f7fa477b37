/** Servers and clients on one machine, as a student would use them. */
import { expect, test } from 'vitest';
import { kill, readText, run as runProgram, sleep, spawn, waitpid, write } from '../../kernel/syscalls.ts';
import { networkedMachine } from '../../net/testing.ts';
import { program as curl } from '../curl.ts';
import { program as redisCli } from '../redis-cli.ts';
import { program as httpd } from './httpd/index.ts';
import { program as nginx } from './nginx/index.ts';
import { program as redisServer } from './redis-server/index.ts';

const CONFIG = `user root;
worker_processes 1;
error_log /var/log/nginx/error.log notice;
pid /run/nginx.pid;
events { worker_connections 1024; }
http {
  access_log /var/log/nginx/access.log combined;
  server {
    listen 80; listen [::]:80;
    location / { root /www; index index.html; }
    location /list/ { root /www; autoindex on; }
    location = /moved { return 301 /; }
    location /say { return 200 "hi $arg_name\\n"; default_type text/plain; }
    location /api/ { proxy_pass http://127.0.0.1:8081/; proxy_set_header X-Real-IP $remote_addr; }
    location /gone/ { proxy_pass http://127.0.0.1:9; }
    error_page 404 /404.html;
    location ~ ^/(a+)+$ { return 200 "many\\n"; }
    location ~ ^/(.+)-\\1$ { return 200 "twice\\n"; }
    location = /404.html { root /www; internal; }
  }
  server { listen 8081; access_log off; location / { return 200 "backend $request_uri $http_x_real_ip\\n"; } }
}
`;

function machine() {
  return networkedMachine({
    programs: [nginx, curl, redisServer, redisCli],
    files: {
      '/etc/nginx/nginx.conf': CONFIG,
      '/www/index.html': '<h1>Hello</h1>\n',
      '/www/404.html': 'lost\n',
      '/www/list/a.txt': 'a\n',
      '/var/log/nginx/': '',
      '/data/': '',
    },
  });
}

/** Starts a server, runs commands beside it, stops it; then prints a file. */
function session(
  net: ReturnType<typeof machine>,
  server: readonly string[],
  commands: readonly (readonly string[])[],
  signal: 'SIGQUIT' | 'SIGTERM',
  file?: string,
) {
  return net.machine.run(function* () {
    const pid = yield* spawn({
      path: `/usr/bin/${server[0]}`,
      argv: server,
      cwd: '/data',
      fds: new Map([
        [0, 0],
        [1, 2],
        [2, 2],
      ]),
    });
    yield* sleep(1_000_000);
    for (const argv of commands) yield* runProgram({ path: `/usr/bin/${argv[0]}`, argv });
    yield* kill(pid, signal);
    const ended = yield* waitpid(pid);
    if (file !== undefined) yield* write(1, yield* readText(file));
    return ended?.status.kind === 'exited' ? ended.status.code : 99;
  });
}

test('nginx serves files, lists, redirects, returns, passes on, logs, and stops gracefully', () => {
  const fetch = (path: string, ...more: string[]) => ['curl', '-s', ...more, `http://127.0.0.1${path}`];
  const result = session(
    machine(),
    ['nginx', '-g', 'daemon off;'],
    [
      fetch('/'),
      fetch('/nothing', '-w', '%{http_code}\\n'),
      fetch('/moved', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}\\n'),
      fetch('/moved', '-L'),
      fetch('/say?name=you'),
      fetch('/api/x?y=1'),
      fetch('/gone/', '-o', '/dev/null', '-w', '%{http_code}\\n'),
      fetch('/list/'),
    ],
    'SIGQUIT',
    '/var/log/nginx/access.log',
  );
  const [answers, log] = result.stdout.split('</html>\r\n');
  expect(answers).toBe(
    '<h1>Hello</h1>\nlost\n404\n301 http://127.0.0.1/\n<h1>Hello</h1>\nhi you\nbackend /x?y=1 127.0.0.1\n502\n' +
      '<html>\r\n<head><title>Index of /list/</title></head>\r\n<body>\r\n<h1>Index of /list/</h1><hr><pre><a href="../">../</a>\r\n' +
      `<a href="a.txt">a.txt</a>${' '.repeat(45)} 24-Nov-2026 14:00                   2\r\n</pre><hr></body>\r\n`,
  );
  expect(log.split('\n').slice(0, 2)).toEqual([
    '127.0.0.1 - - [24/Nov/2026:14:00:01 +0000] "GET / HTTP/1.1" 200 15 "-" "curl/7.88.1"',
    '127.0.0.1 - - [24/Nov/2026:14:00:01 +0000] "GET /nothing HTTP/1.1" 404 5 "-" "curl/7.88.1"',
  ]);
  expect(result.exit).toBe(0);
});

test('a location by pattern answers at once, whatever the pattern', () => {
  const path = (text: string) => ['curl', '-s', `http://localhost/${text}`];
  const commands = [path('aaa'), path(`${'a'.repeat(60)}!`), path('ab-ab')];
  expect(session(machine(), ['nginx', '-g', 'daemon off;'], commands, 'SIGTERM').stdout).toBe('many\nlost\ntwice\n');
});

test('curl -i shows what nginx sends, in its order', () => {
  const result = session(machine(), ['nginx', '-g', 'daemon off;'], [['curl', '-sI', 'http://localhost/']], 'SIGTERM');
  expect(result.stdout).toBe(
    'HTTP/1.1 200 OK\r\nServer: nginx/1.29.1\r\nDate: Tue, 24 Nov 2026 14:00:01 GMT\r\nContent-Type: text/html\r\nContent-Length: 15\r\n' +
      'Last-Modified: Tue, 24 Nov 2026 14:00:00 GMT\r\nConnection: keep-alive\r\nETag: "6b0596a0-f"\r\nAccept-Ranges: bytes\r\n\r\n'.replace(
        '6b0596a0',
        (1_795_528_800).toString(16),
      ),
  );
});

test('a head that does not fit into its buffers is refused with a page of nginx, and logged', () => {
  const long = 'a'.repeat(8192);
  const result = session(
    machine(),
    ['nginx', '-g', 'daemon off;'],
    [
      ['curl', '-s', '-H', `X-Long: ${long}`, 'http://127.0.0.1/', '-w', '%{http_code}\\n'],
      ['curl', '-s', `http://127.0.0.1/${long}`, '-w', '%{http_code}\\n'],
    ],
    'SIGTERM',
    '/var/log/nginx/access.log',
  );
  const page = (title: string, ...lines: string[]) =>
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n${lines.map((line) => `<center>${line}</center>\r\n`).join('')}<hr><center>nginx/1.29.1</center>\r\n</body>\r\n</html>\r\n`;
  const tooLarge = 'Request Header Or Cookie Too Large';
  expect(result.stdout).toBe(
    `${page(`400 ${tooLarge}`, '<h1>400 Bad Request</h1>', tooLarge)}400\n` +
      `${page('414 Request-URI Too Large', '<h1>414 Request-URI Too Large</h1>')}414\n` +
      '127.0.0.1 - - [24/Nov/2026:14:00:01 +0000] "GET / HTTP/1.1" 400 233 "-" "-"\n' +
      `127.0.0.1 - - [24/Nov/2026:14:00:01 +0000] "GET /${long.slice(5)}" 414 177 "-" "-"\n`,
  );
});

test('a fault in the configuration is named with its place', () => {
  const net = networkedMachine({ programs: [nginx], files: { '/etc/nginx/nginx.conf': 'events {}\nhttp {\n  sever { }\n}\n' } });
  const result = net.machine.run(['nginx', '-t']);
  expect(result.stderr).toBe(
    '2026/11/24 14:00:00 [emerg] 1#1: unknown directive "sever" in /etc/nginx/nginx.conf:3\n' +
      'nginx: [emerg] unknown directive "sever" in /etc/nginx/nginx.conf:3\nnginx: configuration file /etc/nginx/nginx.conf test failed\n',
  );
  expect(result.exit).toBe(1);
});

test('curl names its failures and their exit codes', () => {
  const { machine: m, internet } = machine();
  internet.addHost('far.example', '203.0.113.9');
  const cases = [
    ['curl', 'http://localhost:81'],
    ['curl', '-sS', 'http://nosuch.example'],
    ['curl', '-s', 'http://nosuch.example'],
    ['curl', 'http://nosuch.example'],
    ['curl', '-sS', 'ftp://x/'],
    ['curl', '--nonsense'],
    ['curl', '-sS', '-m', '2', 'http://far.example/'],
  ];
  const results = cases.map((argv) => {
    const { stderr, exit } = m.run(argv);
    return [exit, stderr.replace(/after \d+ ms/, 'after N ms')];
  });
  expect(results).toEqual([
    [
      7,
      "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\ncurl: (7) Failed to connect to localhost port 81 after N ms: Couldn't connect to server\n",
    ],
    [6, 'curl: (6) Could not resolve host: nosuch.example\n'],
    [6, ''],
    [
      6,
      '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0curl: (6) Could not resolve host: nosuch.example\n',
    ],
    [1, 'curl: (1) Protocol "ftp" not supported or disabled in libcurl\n'],
    [2, "curl: option --nonsense: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n"],
    [28, 'curl: (28) Connection timed out after 2001 milliseconds\n'],
  ]);
});

test('redis keeps its data in the append-only files over a restart', () => {
  const net = machine();
  const cli = (...words: string[]) => ['redis-cli', ...words];
  const server = ['redis-server', '--appendonly', 'yes'];
  const first = session(
    net,
    server,
    [cli('set', 'city', 'Oslo'), cli('incr', 'n'), cli('lpush', 'l', 'a', 'b'), cli('hset', 'h', 'f', 'v')],
    'SIGTERM',
  );
  expect([first.stdout, first.exit]).toEqual(['OK\n1\n2\n1\n', 0]);
  const second = session(
    net,
    server,
    [
      cli('get', 'city'),
      cli('lrange', 'l', '0', '-1'),
      cli('hgetall', 'h'),
      cli('--no-raw', 'get', 'none'),
      cli('--no-raw', 'incr', 'city'),
      cli('get', 'none'),
    ],
    'SIGTERM',
  );
  expect(second.stdout).toBe('Oslo\nb\na\nf\nv\n(nil)\n(error) ERR value is not an integer or out of range\n\n');
});

test('redis tells how it was built and where it runs', () => {
  const { stdout } = session(machine(), ['redis-server'], [['redis-cli', 'info', 'server']], 'SIGTERM');
  expect(stdout.split('\r\n').slice(0, 4)).toEqual(['# Server', 'redis_version:7.4.2', 'redis_git_sha1:00000000', 'redis_git_dirty:0']);
  expect(stdout).toMatch(/\r\ngcc_version:12.2.0\r\nprocess_id:\d+\r\nprocess_supervised:no\r\nrun_id:[0-9a-f]{40}\r\ntcp_port:6379\r\n/);
});

test('nginx reads -g as a piece of configuration', () => {
  const { machine: m } = machine();
  const fault = (globals: string) => m.run(['nginx', '-t', '-g', globals]).stderr.split('\n')[1];
  expect(fault('foo')).toBe('nginx: [emerg] unexpected end of parameter, expecting ";" in command line');
  expect(fault('foo;')).toBe('nginx: [emerg] unknown directive "foo" in command line');
  expect(m.run(['nginx', '-t', '-g', 'daemon off; worker_processes "2";']).exit).toBe(0);
});

test('redis-cli says why it cannot connect', () => {
  const { machine: m } = machine();
  expect(m.run(['redis-cli', '-h', 'db', 'ping'])).toEqual({
    stdout: '',
    stderr: 'Could not connect to Redis at db:6379: Name or service not known\n',
    exit: 1,
  });
  expect(m.run(['redis-cli', 'ping'])).toEqual({
    stdout: '',
    stderr: 'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n',
    exit: 1,
  });
});

test('httpd answers, logs in the common format, and ends gracefully', () => {
  const net = networkedMachine({
    programs: [httpd, curl],
    files: {
      '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n',
      '/usr/local/apache2/conf/httpd.conf': 'ServerName localhost\nListen 80\n',
      '/usr/local/apache2/logs/': '',
      '/data/': '',
    },
  });
  const result = session(
    net,
    ['httpd', '-DFOREGROUND'],
    [
      ['curl', '-s', 'localhost'],
      ['curl', '-so', '/dev/null', '-w', '%{http_code}\\n', 'localhost/no'],
    ],
    'SIGTERM',
  );
  expect([result.stdout, result.exit]).toEqual(['<html><body><h1>It works!</h1></body></html>\n404\n', 0]);
  expect(result.stderr.split('\n').filter((line) => line.includes('GET'))).toEqual([
    '::1 - - [24/Nov/2026:14:00:01 +0000] "GET / HTTP/1.1" 200 45',
    '::1 - - [24/Nov/2026:14:00:01 +0000] "GET /no HTTP/1.1" 404 196',
  ]);
});

test('httpd lists its modules and checks its configuration without a port', () => {
  const { machine: m } = networkedMachine({
    programs: [httpd],
    files: {
      '/usr/local/apache2/conf/httpd.conf':
        'ServerName localhost\nLoadModule mpm_event_module modules/mod_mpm_event.so\n#LoadModule ssl_module modules/mod_ssl.so\n',
    },
  });
  expect(m.run(['httpd', '-M']).stdout).toBe(
    'Loaded Modules:\n core_module (static)\n so_module (static)\n http_module (static)\n mpm_event_module (shared)\n',
  );
  expect(m.run(['httpd', '-t'])).toEqual({ stdout: '', stderr: 'Syntax OK\n', exit: 0 });
  expect(m.run(['httpd', '-k', 'stop']).stdout).toBe('httpd (no pid file) not running\n');
});
