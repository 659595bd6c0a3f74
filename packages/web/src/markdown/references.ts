import type { StateCore, Token } from 'markdown-it';

/** `#word` and `((id of a note))` within words: not in code, and not in the words of a link. */
const reference =
  /(?<tag>(?<![\p{L}\p{N}_/#&])#(?=[\p{N}_/-]*\p{L})[\p{L}\p{N}_/-]*[\p{L}\p{N}_])|\(\((?<note>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\)/gu;

/** Makes tokens of their own of the tags and of the notes that the words of a note name. */
export function splitReferences(state: StateCore): void {
  for (const block of state.tokens) {
    if (block.type !== 'inline' || block.children === null) continue;
    let inLink = 0;
    block.children = block.children.flatMap((token) => {
      if (token.type === 'link_open') inLink += 1;
      if (token.type === 'link_close') inLink -= 1;
      return token.type === 'text' && inLink === 0 ? splitText(state, token) : [token];
    });
  }
}

/** Tags in the order in which they stand, each once, as they were first written. */
export function findTags(tokens: readonly Token[]): readonly string[] {
  const found = new Map<string, string>();
  for (const { children } of tokens)
    for (const { type, content } of children ?? [])
      if (type === 'tag' && !found.has(content.toLowerCase())) found.set(content.toLowerCase(), content);
  return [...found.values()];
}

function splitText(state: StateCore, token: Token): readonly Token[] {
  const parts: Token[] = [];
  const create = (type: 'text' | 'tag' | 'note', content: string): Token =>
    Object.assign(new state.Token(type, '', 0), { content });
  let end = 0;
  for (const match of token.content.matchAll(reference)) {
    if (match.index > end) parts.push(create('text', token.content.slice(end, match.index)));
    const { tag, note } = match.groups ?? {};
    parts.push(tag === undefined ? create('note', note ?? '') : create('tag', tag.slice(1)));
    end = match.index + match[0].length;
  }
  if (parts.length === 0) return [token];
  if (end < token.content.length) parts.push(create('text', token.content.slice(end)));
  return parts;
}
