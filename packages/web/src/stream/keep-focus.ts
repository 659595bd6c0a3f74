import type { NoteRow } from '@dataans/client';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** If the note that had the focus goes, the one that takes its place has it: whoever uses keys stays where they were. */
export function useKeepFocus(scroller: RefObject<HTMLElement | null>, rows: readonly NoteRow[]): void {
  const focused = useRef<string | null>(null);
  const before = useRef(rows);
  useEffect(() => {
    const follow = ({ target }: FocusEvent): void => {
      const note = target instanceof Element ? target.closest<HTMLElement>('.note') : null;
      focused.current = note?.dataset['id'] ?? null;
    };
    // Where else the focus goes says as well that it is no longer here.
    document.addEventListener('focusin', follow);
    return () => document.removeEventListener('focusin', follow);
  }, []);
  useLayoutEffect(() => {
    const at = before.current.findIndex(({ id }) => id === focused.current);
    const isGone = at !== -1 && !rows.some(({ id }) => id === focused.current);
    before.current = rows;
    if (!isGone || document.activeElement !== document.body) return;
    const next = rows[Math.min(at, rows.length - 1)];
    const note = scroller.current?.querySelector<HTMLElement>(`[data-id="${next?.id}"]`);
    (note ?? scroller.current)?.focus({ preventScroll: true });
  }, [rows]);
}
