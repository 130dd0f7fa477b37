import { beforeAll, expect, it } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let sh: TestShell;
const run = async (command: string) => {
  const { stdout, stderr, exit } = await sh.run(command);
  return { stdout, stderr, exit };
};

beforeAll(async () => {
  sh = await worldShell();
  await sh.run('docker pull -q node');
}, 120_000);

it("a student's server in a container answers on the published port", async () => {
  await sh.run(`mkdir -p app && cd app && cat > server.js <<'EOF'
const http = require('http');
http.createServer((req, res) => {
  res.setHeader('Content-Type', 'text/html');
  res.end('<h1>Hello from ' + require('os').hostname().length + '</h1>\\n');
}).listen(3000, () => console.log('listening on 3000'));
EOF`);
  await sh.run('docker run -d --name web -p 3000:3000 -v $PWD:/app -w /app node node server.js; sleep 1');
  expect(await run('curl -s localhost:3000')).toEqual({ stdout: '<h1>Hello from 12</h1>\n', stderr: '', exit: 0 });
  expect((await run('docker logs web')).stdout).toBe('listening on 3000\n');
}, 60_000);

it('as process 1 it does not hear SIGTERM, unless it listens for it', async () => {
  expect((await run('time docker stop web')).stderr).toMatch(/real\t0m10/);
  expect((await run("docker inspect -f '{{.State.ExitCode}}' web")).stdout).toBe('137\n');
  await sh.run("echo \"process.on('SIGTERM', () => { console.log('bye'); process.exit(0) })\" >> server.js; docker start web; sleep 1");
  expect((await run("docker stop web; docker inspect -f '{{.State.ExitCode}}' web; docker logs -n 1 web")).stdout).toBe('web\n0\nbye\n');
}, 60_000);

it('npm installs express, and npm start runs it', async () => {
  expect(
    await run('docker run --rm -v $PWD:/app -w /app node sh -c "npm init -y >/dev/null && npm install express; ls node_modules"'),
  ).toMatchObject({
    stdout: expect.stringMatching(/^\nadded 1 package, and audited 2 packages in \S+\n\nfound 0 vulnerabilities\nexpress\n$/),
  });
  await sh.run(`cat > server.js <<'EOF'
const express = require('express');
const app = express();
app.use(express.json());
app.get('/', (req, res) => res.send('home'));
app.get('/users/:id', (req, res) => res.json({ id: req.params.id, q: req.query.q }));
app.post('/echo', (req, res) => res.status(201).json(req.body));
app.listen(process.env.PORT || 3000, () => console.log('ready'));
EOF`);
  await sh.run('docker rm -f web; docker run -d --name web -p 3000:3000 -v $PWD:/app -w /app node npm start; sleep 1');
  expect((await run('docker logs web')).stdout).toBe('\n> app@1.0.0 start\n> node server.js\n\nready\n');
  expect(
    (
      await run(
        'curl -s localhost:3000; curl -s "localhost:3000/users/7?q=a"; curl -s -d \'{"a":1}\' -H "Content-Type: application/json" localhost:3000/echo; curl -s localhost:3000/nope',
      )
    ).stdout,
  ).toBe(
    'home{"id":"7","q":"a"}{"a":1}<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot GET /nope</pre>\n</body>\n</html>\n',
  );
}, 60_000);

it('what was written before a signal to itself is seen', async () => {
  const script = "console.log(1); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 1000)";
  expect(await run(`docker run --rm node sh -c 'node -e "$0"; echo $?' "${script}"`)).toMatchObject({ stdout: '1\n143\n', exit: 0 });
});
