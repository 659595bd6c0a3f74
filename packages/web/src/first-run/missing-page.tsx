import type { VNode } from 'preact';
import type { Words } from '../words/words.ts';
import { Frame } from './frame.tsx';
import type { Missing } from './what-is-missing.ts';

/** Says what this window lacks, and what to do. */
export function MissingPage({ words, missing }: { readonly words: Words; readonly missing: Missing }): VNode {
  const [title, lead] = {
    https: [words.needsHttps, words.needsHttpsLead],
    'newer-browser': [words.oldBrowser, words.oldBrowserLead],
    storage: [words.noStorage, words.noStorageLead],
  }[missing] as [string, string]; // Each has two.
  const address = `https://${location.host}/app/`;
  return (
    <Frame words={words}>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      {missing === 'https' && (
        <div class="next">
          <a class="button primary" href={address}>
            <span>{words.openHttps(address)}</span>
          </a>
        </div>
      )}
    </Frame>
  );
}
