import { signal } from '@preact/signals';

type Decode = (text: string) => string;

/** Those that people write. */
const common: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': '\u{a0}',
  '&ndash;': '–',
  '&mdash;': '—',
  '&hellip;': '…',
  '&copy;': '©',
  '&euro;': '€',
};

/**
 * All two thousand names, once a note had one that is not common: the table is as large as a sixth of the page. Whoever
 * shows a note reads this beside it, and so shows it again.
 */
export const allNames = signal<Decode | null>(null);

let loading = false;

/**
 * The character that a name like `&mdash;` stands for, and the name itself if there is none or it is not known yet. The
 * build gives it to `markdown-it` in the place of the function of this name in `entities`.
 */
export function decodeHTMLStrict(name: string): string {
  const character = common[name] ?? allNames.peek()?.(name);
  if (character === undefined) void loadAllNames();
  return character ?? name;
}

async function loadAllNames(): Promise<void> {
  if (loading) return;
  loading = true;
  try {
    const entities = await import('entities/decode');
    allNames.value = entities.decodeHTMLStrict;
  } catch {
    loading = false; // The next name tries it again.
  }
}
