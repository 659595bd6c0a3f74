import type { LineDifference } from '@dataans/client';
import type { VNode } from 'preact';
import { markSpans } from '../search/mark-spans.ts';
import { useApp } from '../state/context.ts';
import { foldLines } from './fold-lines.ts';

/** What came and what went, line by line, with the words that differ. */
export function Difference({ lines }: { readonly lines: readonly LineDifference[] }): VNode {
  const said = useApp().words.value;
  if (!lines.some(({ kind }) => kind !== 'same')) return <p class="quiet">{said.noTextChange}</p>;
  return (
    <div class="lines">
      {foldLines(lines).map((line, index) => {
        switch (line.kind) {
          case 'skipped':
            return (
              <div key={index} class="skip">
                <span aria-hidden="true">⋯</span>
                <span>{said.linesAsWere(line.lines)}</span>
              </div>
            );
          case 'same':
            return (
              <div key={index} class="same">
                <span aria-hidden="true" />
                <span dir="auto">{line.text}</span>
              </div>
            );
          case 'removed':
          case 'added':
            return <ChangedLine key={index} line={line} />;
        }
      })}
    </div>
  );
}

type Changed = Exclude<LineDifference, { readonly kind: 'same' }>;

function ChangedLine({ line }: { readonly line: Changed }): VNode {
  const said = useApp().words.value;
  const isAdded = line.kind === 'added';
  const Element = isAdded ? 'ins' : 'del';
  return (
    <Element>
      <span aria-hidden="true">{isAdded ? '+' : '−'}</span>
      <span dir="auto">
        <span class="unseen">{isAdded ? said.added : said.gone} </span>
        {markSpans(line.text, line.spans).map(({ text, isHit }, index) =>
          isHit ? <b key={index}>{text}</b> : text,
        )}
      </span>
    </Element>
  );
}
