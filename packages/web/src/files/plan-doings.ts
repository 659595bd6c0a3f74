import type { FileState } from '@dataans/client';

/** Saving it elsewhere, bringing it here, leaving it on the server, or freeing what it takes here. */
export type DoingKind = 'save' | 'fetch' | 'cancel' | 'release';

/** What makes sense with a file, by where its content is: the likeliest first. */
export function planDoings(state: FileState | null): readonly DoingKind[] {
  switch (state?.kind) {
    case 'here':
      return ['save', 'release'];
    case 'elsewhere':
    case 'damaged':
      return ['fetch', 'save'];
    case 'fetching':
      return ['cancel', 'save'];
    case 'waiting':
      return state.to === 'fetch' ? ['cancel', 'save'] : ['save'];
    case 'sending':
    case undefined:
      return ['save'];
  }
}
