/** What pressing a key in the box means. */
export type Meaning = 'send' | 'break' | 'other';

/** An input method has this key, so that it means nothing to us. */
export function isComposing(press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return press.isComposing || press.keyCode === 229;
}

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  /** 229 while an input method has the key: Safari ends the composition before it tells of the key. */
  readonly keyCode: number;
}

/** @param isTouch there is a button for sending, and no other way to break a line */
export function readKey(press: KeyPress, enterSends: boolean, isTouch: boolean): Meaning {
  const { key, shiftKey, ctrlKey, metaKey } = press;
  if (key !== 'Enter' || isComposing(press)) return 'other';
  if (ctrlKey || metaKey) return 'send';
  if (isTouch) return 'break';
  return shiftKey === enterSends ? 'break' : 'send';
}
