import { expect, test } from '../support/app.ts';

const APP = [
  'from flask import Flask, jsonify, request',
  'app = Flask(__name__)',
  '@app.route("/")',
  'def index():',
  '    return "<h1>Hello from Flask</h1>"',
  '@app.route("/add/<int:a>/<int:b>")',
  'def add(a, b):',
  '    return jsonify(sum=a + b)',
  'app.run(host="0.0.0.0", port=5000)',
];

test('a Flask application in a container, in the preview and by curl', async ({ app, page }) => {
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:') && !/^(data|blob):/.test(request.url())) outside.push(request.url());
  });
  await app.run(`printf '%s\\n' ${APP.map((line) => `'${line}'`).join(' ')} > app.py`);
  await app.run(`docker run -d --name web -p 5000:5000 -v $PWD:/app -w /app python sh -c 'pip install -q flask && python app.py'`);
  await app.run('until curl -s localhost:5000 >/dev/null; do sleep 1; done');
  expect(await app.run('curl -s localhost:5000/add/2/40')).toContain('{"sum":42}');
  expect(await app.run('docker logs web 2>&1 | tail -1')).toContain('"GET /add/2/40 HTTP/1.1" 200 -');
  expect(await app.run(`docker run --rm python python -c 'import js; print(dir(js))'`)).toContain("['__class__', '__name__', '__dict__']");
  await page.getByRole('button', { name: /^Host port 5000/ }).click();
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveText('Hello from Flask');
  expect(outside).toEqual([]);
});
