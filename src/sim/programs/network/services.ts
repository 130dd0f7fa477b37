/** /etc/services, as far as tools turn port numbers into names. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [21, 'ftp'],
  [22, 'ssh'],
  [23, 'telnet'],
  [25, 'smtp'],
  [53, 'domain'],
  [80, 'http'],
  [110, 'pop3'],
  [123, 'ntp'],
  [143, 'imap2'],
  [443, 'https'],
  [3306, 'mysql'],
  [5432, 'postgresql'],
  [6379, 'redis'],
  [8080, 'http-alt'],
]);

export function serviceName(port: number): string | undefined {
  return NAMES.get(port);
}

export function servicePort(name: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name);
  for (const [port, known] of NAMES) if (known === name) return port;
  return undefined;
}
