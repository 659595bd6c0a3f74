import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { h, type ComponentChild } from 'preact';

const languages = {
  bash,
  css,
  go,
  ini,
  java,
  javascript,
  json,
  markdown,
  python,
  rust,
  sql,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(languages)) highlighter.registerLanguage(name, language);

/** What the highlighter calls things, in the five colours that there are. */
const classByScope: Readonly<Record<string, string>> = {
  keyword: 'k',
  literal: 'k',
  built_in: 'k',
  type: 'f',
  title: 'f',
  name: 'f',
  attr: 'f',
  property: 'f',
  selector: 'f',
  section: 'f',
  string: 's',
  regexp: 's',
  number: 'n',
  symbol: 'n',
  comment: 'c',
  quote: 'c',
  meta: 'c',
};

/** Code as elements with classes; `null` in a language that is not known. Larger code would hold the page up. */
export function highlight(text: string, language: string): ComponentChild {
  if (highlighter.getLanguage(language) === undefined || text.length > charactersMax) return null;
  const { _emitter: emitter } = highlighter.highlight(text, { language, ignoreIllegals: true });
  return nodesToElements((emitter as unknown as Emitter).rootNode.children);
}

const charactersMax = 20_000;

/** The tree that the highlighter makes before it writes HTML of it, which we don't want. */
interface Emitter {
  readonly rootNode: Node;
}

interface Node {
  readonly scope?: string;
  readonly children: readonly (Node | string)[];
}

function nodesToElements(nodes: Node['children']): ComponentChild[] {
  return nodes.map((node) => {
    if (typeof node === 'string') return node;
    const known = classByScope[node.scope?.split('.')[0] ?? ''];
    const children = nodesToElements(node.children);
    return known === undefined ? children : h('span', { class: known }, children);
  });
}
