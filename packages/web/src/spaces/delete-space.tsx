import type { SpaceRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';

export function DeleteSpace({
  space,
  onClose,
}: {
  readonly space: SpaceRow;
  readonly onClose: () => void;
}): VNode {
  const { home, notices, router, words } = useApp();
  const said = words.value;
  const remove = async (): Promise<void> => {
    try {
      await home.spaces.remove(space.id);
      router.go({ at: 'start' });
      notices.show(said.spaceDeleted(space.name));
    } catch (error) {
      notices.show(tellError(error, said));
    }
    onClose();
  };
  return (
    <Dialog title={said.deleteSpaceTitle(space.name, space.notes)} onClose={onClose}>
      <div class="body">
        <p>{said.deleteSpaceLead}</p>
      </div>
      <div class="foot">
        <Button words={said.cancel} onPress={onClose} />
        <Button class="danger" words={said.deleteSpace} onPress={() => void remove()} />
      </div>
    </Dialog>
  );
}
