// os.
const machine = () => $.host('machine');
const u = () => $.host('uname');
module.exports = {
  EOL: '\n',
  devNull: '/dev/null',
  arch: () => 'x64',
  platform: () => 'linux',
  type: () => u().sysname,
  release: () => u().release,
  version: () => u().version,
  machine: () => u().machine,
  hostname: () => $.host('hostname'),
  endianness: () => 'LE',
  homedir: () => process.env.HOME ?? module.exports.userInfo().homedir,
  tmpdir: () => (process.env.TMPDIR || '/tmp').replace(/(?<=.)\/$/, ''),
  totalmem: () => machine().total,
  freemem: () => machine().free,
  uptime: () => $.host('uptime') / 1e6,
  loadavg: () => {
    const text = $.try('readText', '/proc/loadavg') ?? '0 0 0';
    return text.split(' ').slice(0, 3).map(Number);
  },
  availableParallelism: () => machine().cpus,
  cpus: () =>
    Array.from({ length: machine().cpus }, () => ({
      model: 'Drydock Virtual CPU',
      speed: 2600,
      times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 },
    })),
  networkInterfaces: () => {
    const out = {};
    for (const { name, address, prefix, mac } of $.host('interfaces')) {
      const four = !address.includes(':');
      const bits = four ? 32 : 128;
      const mask = four
        ? [0, 8, 16, 24].map((at) => 256 - 2 ** (8 - Math.max(0, Math.min(8, prefix - at)))).join('.')
        : prefix === bits
          ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'
          : 'ffff:ffff:ffff:ffff::';
      (out[name] ??= []).push({
        address,
        netmask: mask,
        family: four ? 'IPv4' : 'IPv6',
        mac,
        internal: name === 'lo',
        cidr: `${address}/${prefix}`,
        ...(four ? {} : { scopeid: 0 }),
      });
    }
    return out;
  },
  userInfo: () => {
    const { uid, gid } = $.host('ids');
    const line = ($.try('readText', '/etc/passwd') ?? '').split('\n').find((l) => l.split(':')[2] === String(uid));
    if (!line) throw $.systemError({ errno: -2, code: 'ENOENT', text: 'no such file or directory' }, 'uv_os_get_passwd');
    const f = line.split(':');
    return { uid, gid, username: f[0], homedir: f[5], shell: f[6] };
  },
  setPriority() {},
  getPriority: () => 0,
  constants: { signals: $.signalNumbers },
};
