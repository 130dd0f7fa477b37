/** The lines of a container's log as the Engine API streams it: frames with an eight-byte head, or plain bytes with a tty. */
export function demultiplex(body: Uint8Array, tty: boolean): readonly { stream: 'stdout' | 'stderr'; text: string }[] {
  const decoder = new TextDecoder();
  const lines: { stream: 'stdout' | 'stderr'; text: string }[] = [];
  const add = (stream: 'stdout' | 'stderr', text: string) => {
    for (const line of text.replace(/\r?\n$/, '').split(/\r?\n/)) lines.push({ stream, text: line });
  };
  if (tty) {
    if (body.length > 0) add('stdout', decoder.decode(body));
    return lines;
  }
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  for (let at = 0; at + 8 <= body.length; ) {
    const size = view.getUint32(at + 4);
    add(body[at] === 2 ? 'stderr' : 'stdout', decoder.decode(body.subarray(at + 8, at + 8 + size)));
    at += 8 + size;
  }
  return lines;
}
