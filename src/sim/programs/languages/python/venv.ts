/** `python -m venv DIR...`: a folder with links to the interpreter, a pip of its own and scripts that put it into PATH. */
import { executableStub } from '../../../kernel/executable.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { findExecutable, getcwd, mkdirAll, realpath, removeTree, statOrNull, symlink, write, writeFile } from '../../../kernel/syscalls.ts';

export function* makeVenv(argv0: string, args: readonly string[], version: string): Sim<number> {
  const folders = args.filter((arg) => !arg.startsWith('-'));
  if (folders.length === 0) {
    yield* write(2, 'usage: venv [-h] ENV_DIR [ENV_DIR ...]\nvenv: error: the following arguments are required: ENV_DIR\n');
    return 2;
  }
  const minor = version.split('.').slice(0, 2).join('.');
  const command = argv0.includes('/') ? argv0 : ((yield* findExecutable(argv0)) ?? '/usr/bin/python3');
  const python = yield* realpath(command);
  for (const folder of folders) {
    const path = folder.startsWith('/')
      ? folder.replace(/(?<=.)\/$/, '')
      : `${(yield* getcwd()).replace(/\/$/, '')}/${folder.replace(/\/$/, '')}`;
    if (args.includes('--clear') && (yield* statOrNull(path))) yield* removeTree(path);
    yield* mkdirAll(`${path}/bin`);
    yield* mkdirAll(`${path}/include/python${minor}`);
    yield* mkdirAll(`${path}/lib/python${minor}/site-packages`);
    yield* writeFile(
      `${path}/pyvenv.cfg`,
      `home = ${python.replace(/\/[^/]*$/, '')}\ninclude-system-site-packages = false\nversion = ${version}\nexecutable = ${python}\ncommand = ${command} -m venv ${path}\n`,
    );
    for (const name of ['python', 'python3', `python${minor}`])
      if (!(yield* statOrNull(`${path}/bin/${name}`))) yield* symlink(name === 'python' ? command : 'python', `${path}/bin/${name}`);
    if (!args.includes('--without-pip'))
      for (const name of ['pip', 'pip3', `pip${minor}`]) yield* writeFile(`${path}/bin/${name}`, executableStub('pip'), 0o755);
    yield* writeFile(`${path}/bin/activate`, activate(path), 0o644);
  }
  return 0;
}

const activate = (path: string): string => `# This file must be used with "source bin/activate" *from bash*

deactivate () {
    if [ -n "\${_OLD_VIRTUAL_PATH:-}" ] ; then
        PATH="\${_OLD_VIRTUAL_PATH:-}"
        export PATH
        unset _OLD_VIRTUAL_PATH
    fi
    if [ -n "\${_OLD_VIRTUAL_PS1:-}" ] ; then
        PS1="\${_OLD_VIRTUAL_PS1:-}"
        unset _OLD_VIRTUAL_PS1
    fi
    unset VIRTUAL_ENV
    if [ ! "\${1:-}" = "nondestructive" ] ; then
        unset -f deactivate
    fi
}

deactivate nondestructive
VIRTUAL_ENV="${path}"
export VIRTUAL_ENV
_OLD_VIRTUAL_PATH="$PATH"
PATH="$VIRTUAL_ENV/bin:$PATH"
export PATH
if [ -z "\${VIRTUAL_ENV_DISABLE_PROMPT:-}" ] ; then
    _OLD_VIRTUAL_PS1="\${PS1:-}"
    PS1="(${path.replace(/^.*\//, '')}) \${PS1:-}"
fi
`;
