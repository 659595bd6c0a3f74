/** Where the reader is in a list, so that it's the same after the list has changed. */
export interface KeptPlace {
  /** To be called before a change. */
  measure(): void;
  /** To be called after it, before it's painted. */
  restore(): void;
  /** The end is on the screen, and stays there when something is added. */
  readonly isAtEnd: () => boolean;
  toEnd(): void;
}

type Measured =
  | { readonly kind: 'end' }
  | { readonly kind: 'row'; readonly row: Element; readonly id: string; readonly top: number };

const nearEndPx = 40;

/**
 * Anchored on the second row that is seen: the first one may be at the edge of what is loaded, and be replaced. The
 * browsers' own anchoring loses the place when rows are put in above.
 */
export function createKeptPlace(scroller: HTMLElement, rowSelector: string): KeptPlace {
  let measured: Measured = { kind: 'end' };
  const isAtEnd = (): boolean =>
    scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= nearEndPx;
  const toEnd = (): void => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  return {
    isAtEnd,
    toEnd,
    measure: () => {
      measured = isAtEnd() ? { kind: 'end' } : (measureRow(scroller, rowSelector) ?? { kind: 'end' });
    },
    restore: () => {
      if (measured.kind === 'end') {
        toEnd();
        return;
      }
      const { row, id, top } = measured;
      const found = row.isConnected ? row : scroller.querySelector(`${rowSelector}[data-id="${id}"]`);
      if (found !== null) scroller.scrollTop += found.getBoundingClientRect().top - top;
    },
  };
}

function measureRow(scroller: HTMLElement, rowSelector: string): Measured | null {
  const edge = scroller.getBoundingClientRect().top;
  const rows = [...scroller.querySelectorAll<HTMLElement>(rowSelector)];
  const first = rows.findIndex((row) => row.getBoundingClientRect().bottom > edge);
  const row = rows[first + 1] ?? rows[first];
  const id = row?.dataset['id'];
  if (row === undefined || id === undefined) return null;
  return { kind: 'row', row, id, top: row.getBoundingClientRect().top };
}
