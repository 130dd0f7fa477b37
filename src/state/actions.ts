/** What components ask of the engine. The engine is a lazy part: it loads beside the page, and calls wait for it. */
type Engine = typeof import('./engine.ts');

let loading: Promise<Engine> | undefined;
let loaded: Engine | undefined;

export function loadEngine(): Promise<Engine> {
  loading ??= import('./engine.ts').then((engine) => {
    loaded = engine;
    return engine;
  });
  return loading;
}

const ask =
  <A extends unknown[]>(run: (engine: Engine, ...args: A) => unknown) =>
  (...args: A): void =>
    void loadEngine().then((engine) => run(engine, ...args));

export const openTab = ask((engine) => engine.openTab());
export const closeTab = ask((engine, key: number) => engine.closeTab(key));
export const pause = ask((engine) => engine.pause());
export const resume = ask((engine) => engine.resume());
export const retry = ask((engine) => engine.retry());
export const reset = ask((engine) => engine.reset());
export const bringBack = ask((engine, id: string) => engine.bringBack(id));
export const listEarlier = ask((engine) => engine.listEarlier());
export const editFile: Engine['editFile'] = async (...args) => (await loadEngine()).editFile(...args);
export const request: Engine['request'] = async (...args) => (await loadEngine()).request(...args);
export const watchFile: Engine['watchFile'] = (...args) => {
  let over = false;
  let stop = () => {
    over = true;
  };
  void loadEngine().then((engine) => {
    if (!over) stop = engine.watchFile(...args);
  });
  return () => stop();
};
/** Virtual time that the wall clock has reached; undefined before there is an engine. */
export const virtualNow = (): number | undefined => loaded?.virtualNow();
