// `npm start`: install, build, serve, print the address.
import { spawn } from 'node:child_process';
import { installDependencies, root, run } from './install.mjs';

installDependencies();
run('npx', ['vite', 'build', '--logLevel', 'warn']);
const port = process.env.PORT ?? '4173';
const server = spawn('npx', ['vite', 'preview', '--port', port, ...(process.env.HOST ? ['--host', process.env.HOST] : [])], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
