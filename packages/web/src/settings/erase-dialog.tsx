import type { VNode } from 'preact';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';
import { sharedCacheName } from '../share/shared-items.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

/** The loss first, then the question. */
export function EraseDialog({ onClose }: { readonly onClose: () => void }): VNode {
  const { home, notices, router, state, words } = useApp();
  const said = words.value;
  const unsent = state.status.value?.pendingChanges ?? 0;
  const erase = async (): Promise<void> => {
    try {
      await home.account.signOut({ erase: true });
      if ('caches' in window) await caches.delete(sharedCacheName); // BRW-13
      router.go({ at: 'start' }, 'replace');
      await state.refresh();
      notices.show(said.erased);
    } catch (error) {
      notices.show(tellError(error, said));
    }
    onClose();
  };
  return (
    <Dialog title={said.eraseTitle} onClose={onClose}>
      <div class="body">
        {unsent > 0 && <p class="loss">{said.eraseUnsent(unsent)}</p>}
        <p>{said.eraseLead}</p>
      </div>
      <div class="foot">
        <Button words={said.cancel} onPress={onClose} />
        <Button
          class="danger"
          words={unsent > 0 ? said.eraseAnyway : said.eraseNow}
          onPress={() => void erase()}
        />
      </div>
    </Dialog>
  );
}
