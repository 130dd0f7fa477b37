// console.table.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e][\udc00-\udfff]/g;
const width = (text) => text.length + (text.match(WIDE) ?? []).filter((c) => c.length === 1).length;
const show = (value) =>
  $.load('util').inspect(value, {
    depth: value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0,
    maxArrayLength: 3,
    breakLength: Infinity,
  });
const render = (head, rows) => {
  const widths = head.map((title, i) => Math.max(width(title), ...rows.map((row) => width(row[i] ?? ''))) + 2);
  const line = (cells) => `│${cells.map((cell, i) => ` ${cell ?? ''}${' '.repeat(widths[i] - width(cell ?? '') - 1)}`).join('│')}│`;
  const rule = (l, m, r) => l + widths.map((w) => '─'.repeat(w)).join(m) + r;
  return [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...rows.map(line), rule('└', '┴', '┘')].join('\n');
};
module.exports = (data, wanted) => {
  const isMap = data instanceof Map;
  const isSet = data instanceof Set;
  const entries = isMap ? [...data.entries()].map((e, i) => [i, e]) : isSet ? [...data].map((v, i) => [i, v]) : Object.entries(data);
  if (isMap)
    return render(
      ['(iteration index)', 'Key', 'Values'],
      entries.map(([i, [k, v]]) => [String(i), show(k), show(v)]),
    );
  const columns = [];
  let values = false;
  for (const [, row] of entries) {
    if (row === null || (typeof row !== 'object' && typeof row !== 'function')) values = true;
    else for (const key of Object.keys(row)) if (!columns.includes(key)) columns.push(key);
  }
  const shown = wanted ?? columns;
  const rows = entries.map(([key, row]) => {
    const primitive = row === null || typeof row !== 'object';
    return [
      String(key),
      ...shown.map((c) => (!primitive && Object.hasOwn(row, c) ? show(row[c]) : '')),
      ...(values ? [primitive ? show(row) : ''] : []),
    ];
  });
  return render([isSet ? '(iteration index)' : '(index)', ...shown, ...(values ? ['Values'] : [])], rows);
};
