/** A file as a data: URL, so that the page, Node and the tests all have it in their lazy chunk. */
declare module '*.wasm.gz?url&inline' {
  const url: string;
  export default url;
}
declare module '*.py?raw' {
  const text: string;
  export default text;
}
