/** Booleans and numbers of flags, with the messages of Go's strconv. */
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

export function parseBool(text: string): boolean {
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new Error(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** strconv.ParseInt with base 0 and 64 bits; larger than a double holds exactly is still a number here. */
export function parseInteger(text: string, base10 = false): number {
  if (!(base10 ? /^[+-]?\d+$/ : /^[+-]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|\d+)$/).test(text))
    throw new Error(`strconv.${base10 ? 'Atoi' : 'ParseInt'}: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = signed(text, (digits) => Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits));
  if (Math.abs(value) > 2 ** 63)
    throw new Error(`strconv.${base10 ? 'Atoi' : 'ParseInt'}: parsing ${JSON.stringify(text)}: value out of range`);
  return value;
}

function signed(text: string, parse: (digits: string) => number): number {
  if (text.startsWith('-')) return -parse(text.slice(1));
  return parse(text.startsWith('+') ? text.slice(1) : text);
}

/** strconv.ParseUint of so many bits. */
export function unsigned(bits: number): (text: string) => number {
  return (text) => {
    if (!/^(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) throw new Error(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
    const value = Number(text);
    if (value >= 2 ** bits) throw new Error(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
    return value;
  };
}

/** '0.5' CPUs to 1e-9 CPUs. */
export function parseCpus(text: string): number {
  const fraction = /^([+-]?\d+)\/(\d+)$/.exec(text);
  const value = fraction
    ? Number(fraction[1]) / Number(fraction[2])
    : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
      ? Number(text)
      : Number.NaN;
  if (Number.isNaN(value)) throw new Error(`failed to parse ${text} as a rational number`);
  const nano = value * 1e9;
  if (Math.abs(nano - Math.round(nano)) > 1e-3) throw new Error('value is too precise');
  return Math.round(nano);
}
