/** --ulimit name=soft[:hard] */
export interface UlimitOption {
  readonly Name: string;
  readonly Hard: number;
  readonly Soft: number;
}

const NAMES = new Set('as core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' '));

export function parseUlimit(text: string): UlimitOption {
  const at = text.indexOf('=');
  if (at < 0) throw new Error(`invalid ulimit argument: ${text}`);
  const name = text.slice(0, at);
  if (!NAMES.has(name)) throw new Error(`invalid ulimit type: ${name}`);
  const limits = text.slice(at + 1).split(':');
  if (limits.length > 2)
    throw new Error(`too many limit value arguments - ${text.slice(at + 1)}, can only have up to two, \`soft[:hard]\``);
  const number = (part: string): number => {
    if (!/^[+-]?\d+$/.test(part)) throw new Error(`strconv.ParseInt: parsing ${JSON.stringify(part)}: invalid syntax`);
    return Number(part);
  };
  const second = limits[1] === undefined ? undefined : number(limits[1]);
  const soft = number(limits[0]);
  const hard = second ?? soft;
  if (hard !== -1 && soft > hard) throw new Error(`ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`);
  return { Name: name, Hard: hard, Soft: soft };
}
