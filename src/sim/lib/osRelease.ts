/** A field of os-release(5), without its quotes; '' where it is not given. */
export function osReleaseField(text: string, name: string): string {
  const line = text.split('\n').find((each) => each.startsWith(`${name}=`)) ?? '';
  return line.slice(name.length + 1).replace(/^"(.*)"$/, '$1');
}
