import { useState } from 'preact/hooks';

/** Handlers for a list of notes, and the note that a pointer was last on, and the one that last had the focus. */
export interface Near {
  readonly isNear: (id: string) => boolean;
  readonly onPointerOver: (event: PointerEvent) => void;
  readonly onFocusIn: (event: FocusEvent) => void;
}

/**
 * Buttons of each note would be most of what a stream is made of: only the notes that somebody is at have them.
 * They keep them until somebody is at another, so that the focus can come back from a menu.
 */
export function useNear(): Near {
  const [pointed, setPointed] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  return {
    isNear: (id) => id === pointed || id === focused,
    onPointerOver: ({ target }) => setPointed((before) => idOf(target) ?? before),
    onFocusIn: ({ target }) => setFocused((before) => idOf(target) ?? before),
  };
}

function idOf(target: EventTarget | null): string | null {
  const note = target instanceof Element ? target.closest<HTMLElement>('.note') : null;
  return note?.dataset['id'] ?? null;
}
