import type { IconNode } from '../icons/icons.ts';

/** Something that can be done from anywhere. */
export interface Action {
  readonly id: string;
  readonly icon: IconNode;
  readonly name: string;
  /** As it is shown, such as `Ctrl+K` or `n`; `null`: it has none. */
  readonly key: string | null;
  /** Of the space that it leads to; `null`: it does something else. */
  readonly hue: string | null;
  readonly act: () => void;
}
