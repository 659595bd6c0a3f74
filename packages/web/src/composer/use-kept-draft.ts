import type { DraftPlace, HomeDraft } from '@dataans/client';
import { useEffect } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

const nothing: readonly never[] = [];

/**
 * Follows what the home keeps of a draft: once another window has sent it, only what was typed in this one stays.
 *
 * @param onFiles told of its files
 */
export function useKeptDraft(place: DraftPlace, onFiles?: (files: HomeDraft['files']) => void): void {
  const { drafts, home, notices, words } = useApp();
  useEffect(
    () =>
      home.live.draft(
        place,
        (kept) => {
          onFiles?.(kept?.files ?? nothing);
          if ((kept?.text ?? '') === '') drafts.ended(place);
        },
        (error) => notices.show(tellError(error, words.peek())),
      ),
    [place.id],
  );
}
