/** A lazy part: the first call begins to fetch it; once it is there, calls answer with it at once. One that failed is tried again. */
export function fetchOnce<T>(fetch: () => Promise<T>): () => T | Promise<T> {
  let state: { readonly value: T } | undefined;
  let fetching: Promise<T> | undefined;
  return () => {
    if (state) return state.value;
    fetching ??= fetch().then(
      (value) => {
        state = { value };
        return value;
      },
      (error: unknown) => {
        fetching = undefined;
        throw error;
      },
    );
    return fetching;
  };
}
