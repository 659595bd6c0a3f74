import type { MarkdownIt } from 'markdown-it';

/** What `=200x300`, `=200x`, `=x300` or `=20%` behind the address of a picture ask for. */
export interface ImageSize {
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of the width of the text, 1 to 100. */
  readonly percent?: number;
}

const sized = /!\[([^[\]\n]*)\]\(\s*([^\s()<>]+|<[^<>\n]+>)\s+=(\d{1,3}%|\d{0,5}x\d{0,5}|\d{1,5})\s*\)/y;

/** Pictures with a size, which Markdown itself has no form for. */
export function addSizedImages(parser: MarkdownIt): void {
  parser.inline.ruler.before('image', 'sized_image', (state, silent) => {
    sized.lastIndex = state.pos;
    const [whole, alt, address, size] = sized.exec(state.src) ?? [];
    if (whole === undefined || alt === undefined || address === undefined || size === undefined) return false;
    const href = parser.normalizeLink(address.replace(/^<|>$/g, ''));
    if (!parser.validateLink(href)) return false;
    if (!silent) {
      const token = state.push('image', 'img', 0);
      token.attrs = [['src', href]];
      token.content = alt;
      token.children = [];
      token.meta = { size: readSize(size) };
    }
    state.pos += whole.length;
    return true;
  });
}

function readSize(text: string): ImageSize {
  if (text.endsWith('%')) return { percent: Math.min(100, Math.max(1, Number.parseInt(text, 10))) };
  const [width = '', height = ''] = text.split('x');
  return {
    ...(Number(width) > 0 && { width: Number(width) }),
    ...(Number(height) > 0 && { height: Number(height) }),
  };
}
