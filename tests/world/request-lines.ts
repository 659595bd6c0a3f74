const end = Buffer.from(' HTTP/1.1\r\n');
const lineBytesMax = 300;

/** Finds `METHOD /path` in what one connection sends, however it is cut: bodies of ciphertext hold none by chance. */
export function findRequestLines(): (bytes: Uint8Array) => readonly string[] {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    const text = Buffer.concat([rest, bytes]);
    const lines: string[] = [];
    let searched = 0;
    for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, searched)) {
      const before = text.toString('latin1', Math.max(searched, at - lineBytesMax), at);
      const line = /(?:GET|HEAD|PUT|POST|DELETE) \/\S*$/.exec(before)?.[0];
      if (line !== undefined) lines.push(line);
      searched = at + end.length;
    }
    rest = text.subarray(Math.max(searched, text.length - lineBytesMax - end.length));
    return lines;
  };
}
