/** What httpd tells of itself without serving: its version and its modules. */

/** In every httpd: the core, the loader of the others, and HTTP. */
const COMPILED_IN = ['core', 'so', 'http'] as const;

/** -M: the modules that are compiled in, then those that the configuration loads, in its order. */
export function loadedModules(config: string): string {
  const shared = [...config.matchAll(/^\s*LoadModule\s+(\S+)\s+\S+/gim)].map((m) => m[1]);
  const lines = [...COMPILED_IN.map((name) => ` ${name}_module (static)\n`), ...shared.map((name) => ` ${name} (shared)\n`)];
  return `Loaded Modules:\n${lines.join('')}`;
}

/** -l: the sources of what is compiled in. */
export const COMPILED_IN_REPORT = 'Compiled in modules:\n  core.c\n  mod_so.c\n  http_core.c\n';

/** What follows an option that httpd does not know; in our words. */
export const USAGE = `Usage: httpd [-D name] [-d directory] [-f file]
             [-k start|restart|graceful|graceful-stop|stop]
             [-v] [-l] [-M] [-t] [-T] [-X]
Options:
  -D name   defines a name for <IfDefine name> directives
  -f file   reads this configuration instead of conf/httpd.conf
  -k signal starts the server, or tells the running one what to do
  -l        lists what is compiled in
  -M        lists the modules that the configuration loads
  -t        checks the configuration
  -v        shows the version
  -X        serves in the foreground
`;
