/** The library that node's own modules are written in: JavaScript that runs inside, as text. */
const sources = import.meta.glob<string>('./lib/**/*.js', { eager: true, query: '?raw', import: 'default' });

/** The text of one module ('http', 'packages/express'); empty where there is none. */
export function library(name: string): string {
  return sources[`./lib/${name}.js`] ?? '';
}
