import type { Token } from 'markdown-it';
import { h, type ComponentChild, type ComponentType } from 'preact';
import type { ImageSize } from './sized-image.ts';
import type { Task } from './tasks.ts';

/** The parts of a note that do something, and so belong to whoever shows it. */
export interface NoteParts {
  readonly Code: ComponentType<{ readonly text: string; readonly language: string }>;
  readonly Picture: ComponentType<{
    readonly address: string;
    readonly words: string;
    readonly size: ImageSize;
  }>;
  readonly Link: ComponentType<{ readonly address: string; readonly children?: ComponentChild }>;
  readonly Tag: ComponentType<{ readonly tag: string }>;
  readonly NoteLink: ComponentType<{ readonly note: string }>;
  readonly TaskBox: ComponentType<Task>;
}

/** What an open token has gathered so far. */
interface Open {
  readonly token: Token;
  readonly children: ComponentChild[];
}

/** The note as elements. No text of it ever becomes HTML, an address of a script or a style. */
export function renderTokens(tokens: readonly Token[], parts: NoteParts): readonly ComponentChild[] {
  const root: ComponentChild[] = [];
  const open: Open[] = [];
  for (const token of tokens) {
    const into = open.at(-1)?.children ?? root;
    if (token.nesting === 1) open.push({ token, children: [] });
    else if (token.nesting === -1) close(open, root, parts);
    else if (token.type === 'inline') into.push(...renderTokens(token.children ?? [], parts));
    else into.push(renderLeaf(token, parts));
  }
  return root;
}

function close(open: Open[], root: ComponentChild[], parts: NoteParts): void {
  const closed = open.pop();
  if (closed === undefined) return;
  const into = open.at(-1)?.children ?? root;
  // A paragraph of a tight list is not one: its words stand in the item itself.
  if (closed.token.hidden) into.push(...closed.children);
  else into.push(renderElement(closed, parts));
}

const blocks = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'td', 'th']);
const marks = new Set(['em', 'strong', 's', 'table', 'thead', 'tbody', 'tr']);

function renderElement({ token, children }: Open, parts: NoteParts): ComponentChild {
  if (token.type === 'link_open') return h(parts.Link, { address: readText(token, 'href') }, children);
  if (token.type === 'table_open')
    // It scrolls inside itself, so it has to be reached by keyboard.
    return h('div', { class: 'table', tabIndex: 0, role: 'group' }, h('table', null, children));
  const task = readTask(token);
  if (task !== null)
    return h('li', { class: 'task', dir: 'auto' }, h(parts.TaskBox, task), h('span', null, children));
  if (blocks.has(token.tag)) return h(token.tag, { dir: 'auto', ...attributes(token) }, children);
  return marks.has(token.tag) ? h(token.tag, null, children) : children;
}

function renderLeaf(token: Token, parts: NoteParts): ComponentChild {
  switch (token.type) {
    case 'text':
      return token.content;
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return h('br', null);
    case 'hr':
      return h('hr', null);
    case 'code_inline':
      return h('code', null, token.content);
    case 'fence':
    case 'code_block':
      return h(parts.Code, { text: token.content.replace(/\n$/, ''), language: readLanguage(token) });
    case 'image':
      return h(parts.Picture, {
        address: readText(token, 'src'),
        words: token.content,
        size: readImageSize(token),
      });
    case 'tag':
      return h(parts.Tag, { tag: token.content });
    case 'note':
      return h(parts.NoteLink, { note: token.content });
    default:
      return token.content;
  }
}

/** Alignment of a column by class: a style attribute falls to the page's policy. */
function attributes(token: Token): Readonly<Record<string, string>> {
  const aligned = /text-align:(left|center|right)/.exec(readText(token, 'style'))?.[1];
  const start = readText(token, 'start');
  return {
    ...(aligned !== undefined && { class: `aligned-${aligned}` }),
    ...(start !== '' && { start }),
  };
}

function readText(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function readLanguage(token: Token): string {
  return /^[\w+#.-]*/.exec(token.info.trim())?.[0] ?? '';
}

function readTask(token: Token): Task | null {
  // Set by `markTasks` alone.
  return (token.meta as { readonly task?: Task } | null)?.task ?? null;
}

function readImageSize(token: Token): ImageSize {
  // Set by `addSizedImages` alone.
  return (token.meta as { readonly size?: ImageSize } | null)?.size ?? {};
}
