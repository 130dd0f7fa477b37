/** JSON with indents; several JSON values one to a line each with indents; anything else as it is. */
export function pretty(body: string): string {
  const whole = indented(body);
  if (whole !== undefined) return whole;
  const lines = body.split(/\r?\n/).filter((line) => line.trim() !== '');
  const values = lines.map(indented);
  return lines.length > 1 && values.every((value) => value !== undefined) ? values.join('\n') : body;
}

function indented(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}
