import { signal, type ReadonlySignal } from '@preact/signals';

/** A line at the foot of the page, with at most one thing to do. */
export interface Notice {
  readonly id: number;
  readonly words: string;
  readonly action: { readonly words: string; readonly act: () => void } | null;
}

export interface Notices {
  readonly shown: ReadonlySignal<Notice | null>;
  show(words: string, action?: Notice['action']): void;
  dismiss(): void;
}

/** @param wait calls back after a while, unless it is called off by what it returned */
export function createNotices(wait: (callBack: () => void) => () => void): Notices {
  const shown = signal<Notice | null>(null);
  let lastId = 0;
  let callOff = (): void => undefined;
  const dismiss = (): void => {
    callOff();
    shown.value = null;
  };
  return {
    shown,
    show: (words, action = null) => {
      callOff();
      lastId += 1;
      shown.value = { id: lastId, words, action };
      callOff = wait(dismiss);
    },
    dismiss,
  };
}
