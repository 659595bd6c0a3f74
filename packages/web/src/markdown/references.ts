import { findReferences } from '@dataans/client';
import type { StateCore, Token } from 'markdown-it';

/** Keeps the `#` of `\\#` apart from words: it begins no tag. To run while escapes are tokens of their own. */
export function keepEscapedHashes({ tokens }: StateCore): void {
  for (const { children } of tokens)
    for (const token of children ?? [])
      if (token.type === 'text_special' && token.content === '#') token.type = 'hash';
}

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

function splitText(state: StateCore, token: Token): readonly Token[] {
  const found = findReferences(token.content);
  if (found.length === 0) return [token];
  const create = (type: 'text' | 'tag' | 'note', content: string): Token =>
    Object.assign(new state.Token(type, '', 0), { content });
  const parts: Token[] = [];
  let end = 0;
  for (const reference of found) {
    if (reference.start > end) parts.push(create('text', token.content.slice(end, reference.start)));
    parts.push(reference.kind === 'tag' ? create('tag', reference.tag) : create('note', reference.note));
    end = reference.end;
  }
  if (end < token.content.length) parts.push(create('text', token.content.slice(end)));
  return parts;
}
