/** The one thing of Vite that the core uses: a folder read as a sorted list of modules at build time. */
interface ImportMeta {
  glob<T = unknown>(pattern: string | readonly string[], options: { eager: true; import?: string; query?: string }): Record<string, T>;
  glob<T = unknown>(
    pattern: string | readonly string[],
    options?: { eager?: false; import?: string; query?: string },
  ): Record<string, () => Promise<T>>;
}
