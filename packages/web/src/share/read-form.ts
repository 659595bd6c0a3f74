import type { SharedItem } from './shared-items.ts';

/** What another app gave, by the names of the manifest's `share_target`. */
export function readSharedForm(form: FormData, id: string): SharedItem {
  const read = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const files = form.getAll('files').filter((value) => value instanceof File);
  return {
    id,
    text: joinWords({ title: read('title'), text: read('text'), url: read('url') }),
    files: files.filter(({ size, name }) => size > 0 || name !== ''),
  };
}

/** As a person would have pasted it: the words, then where they are from. Many apps put the address among the words. */
export function joinWords({ title, text, url }: Readonly<Record<'title' | 'text' | 'url', string>>): string {
  const isNamed = url !== '' && text.includes(url);
  const link =
    url === '' || isNamed ? '' : title === '' ? url : `[${title.replaceAll(/[[\]\\]/g, '\\$&')}](<${url}>)`;
  const heading = link === '' && title !== text ? title : '';
  return [heading, text, link].filter(Boolean).join('\n\n');
}
