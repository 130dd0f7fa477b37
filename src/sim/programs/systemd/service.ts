/** service(8) of init-system-helpers: systemctl where systemd runs, else the script of /etc/init.d, as in a container. */
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { access, environ, exec, readdir, run, statOrNull, write } from '../../kernel/syscalls.ts';
import { MANAGER_SOCKET } from './protocol.ts';
import { systemctl } from './systemctl.ts';

const SCRIPTS = '/etc/init.d';
const ACTIONS = ['start', 'stop', 'restart', 'status', 'reload', 'force-reload', 'try-restart'];

/** service NAME ACTION, service --status-all */
export const service: Program = {
  name: 'service',
  *main(argv): Sim<number> {
    const [, name, action] = argv;
    if (name === '--status-all') return yield* statusOfAll();
    if (name === undefined) {
      yield* write(2, 'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n');
      return 1;
    }
    if (!(yield* statOrNull(MANAGER_SOCKET))) {
      const script = `${SCRIPTS}/${name}`;
      if (name.includes('/') || !(yield* access(script, 1))) {
        yield* write(2, `${name}: unrecognized service\n`);
        return 1;
      }
      const actions = action === '--full-restart' ? ['restart'] : argv.slice(2);
      return yield* exec(script, [script, ...actions], yield* environ());
    }
    if (action === undefined || !ACTIONS.includes(action)) {
      yield* write(2, `Usage: service ${name} {start|stop|status|restart}\n`);
      return 1;
    }
    return yield* systemctl.main(['systemctl', action === 'force-reload' ? 'restart' : action, name]);
  },
};

/** Each script tells by its status whether its service runs. */
function* statusOfAll(): Sim<number> {
  if (!(yield* statOrNull(SCRIPTS))) return 0;
  for (const { name } of yield* readdir(SCRIPTS)) {
    if (name === '.' || name === '..' || !(yield* access(`${SCRIPTS}/${name}`, 1))) continue;
    const command = `${SCRIPTS}/${name} status >/dev/null 2>&1`;
    const status = yield* run({ path: '/bin/sh', argv: ['sh', '-c', command], env: yield* environ() });
    yield* write(1, ` [ ${status === 0 ? '+' : '-'} ]  ${name}\n`);
  }
  return 0;
}
