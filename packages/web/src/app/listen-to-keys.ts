import type { Action } from '../palette/action.ts';

type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'defaultPrevented'
>;

/** The action that a key means; letters mean none while something is being typed. */
export function findAction(
  actions: readonly Action[],
  { key, ctrlKey, metaKey, altKey, isComposing, defaultPrevented }: PressedKey,
  isTyping: boolean,
): Action | null {
  if (isComposing || defaultPrevented || altKey) return null;
  const isCommand = ctrlKey || metaKey;
  if (!isCommand && isTyping) return null;
  const wanted = isCommand ? `Ctrl+${key.toUpperCase()}` : key;
  return actions.find((action) => action.key === wanted) ?? null;
}

/** @returns what ends it */
export function listenToKeys(page: Document, actions: () => readonly Action[]): () => void {
  const press = (event: KeyboardEvent): void => {
    if (page.querySelector('dialog[open]') !== null) return;
    const { target } = event;
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select');
    const action = findAction(actions(), event, isTyping);
    if (action === null) return;
    event.preventDefault();
    action.act();
  };
  page.addEventListener('keydown', press);
  return () => page.removeEventListener('keydown', press);
}
