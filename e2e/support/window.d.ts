/** What the page offers to measuring tools and tests (see src/state/early.ts). */
interface Window {
  __terminal?: { readonly ready: boolean; text(): string };
}
