import type { SpaceRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { later } from '../elements/later.tsx';
import { Toast } from '../elements/toast.tsx';
import { useApp } from '../state/context.ts';
import { createActions } from './actions.ts';
import { Banners } from './banners.tsx';
import { listenToKeys } from './listen-to-keys.ts';
import { MainPlace } from './main-place.tsx';
import { openedFor } from './opened-for.ts';
import { Sidebar } from './sidebar.tsx';

const SpaceDialog = later(async () => (await import('../spaces/space-dialog.tsx')).SpaceDialog);
const DeleteSpace = later(async () => (await import('../spaces/delete-space.tsx')).DeleteSpace);
const KeysDialog = later(async () => (await import('../keys/keys-dialog.tsx')).KeysDialog);
const Share = later(async () => (await import('../share/share.tsx')).Share);
const Palette = later(async () => (await import('../palette/palette.tsx')).Palette);

type Over =
  | { readonly kind: 'new-space' }
  | { readonly kind: 'edit-space'; readonly space: SpaceRow }
  | { readonly kind: 'delete-space'; readonly space: SpaceRow }
  | { readonly kind: 'palette' }
  | { readonly kind: 'keys' };

/** Spaces at the left, and what is open beside them. */
export function Shell(): VNode {
  const app = useApp();
  const { router, state, notices, words } = app;
  const [isOpen, setOpen] = useState(false);
  const [over, setOver] = useState<Over | null>(null);
  const [purpose] = useState(() => openedFor(location.search));
  const close = (): void => setOver(null);
  const newSpace = (): void => setOver({ kind: 'new-space' });
  const actions = createActions(app, {
    newSpace,
    openPalette: () => setOver({ kind: 'palette' }),
    openKeys: () => setOver({ kind: 'keys' }),
  });

  useEffect(() => listenToKeys(document, () => actions), [actions]);
  useEffect(() => openFirstSpace(app), [state.spaces.value?.[0]?.id, router.place.value.at]);
  useEffect(() => {
    setOpen(false);
  }, [router.place.value]);
  useEffect(() => {
    if (purpose === 'write' && router.place.value.at === 'space') writeHere();
  }, [router.place.value.at]);
  useEffect(() => {
    if (purpose === 'not-kept') notices.show(words.value.notKept);
  }, []);
  return (
    <div class="shell">
      <Sidebar isOpen={isOpen} onClose={() => setOpen(false)} onNewSpace={newSpace} />
      {isOpen && <div class="shade" onClick={() => setOpen(false)} />}
      <div class="beside">
        <Banners />
        <MainPlace
          onOpenSpaces={() => setOpen(true)}
          onNewSpace={newSpace}
          onEditSpace={(space) => setOver({ kind: 'edit-space', space })}
        />
        <Toast />
      </div>
      <Share />
      {over?.kind === 'new-space' && <SpaceDialog space={null} onClose={close} />}
      {over?.kind === 'edit-space' && (
        <SpaceDialog
          space={over.space}
          onClose={close}
          onDelete={() => setOver({ kind: 'delete-space', space: over.space })}
        />
      )}
      {over?.kind === 'delete-space' && <DeleteSpace space={over.space} onClose={close} />}
      {over?.kind === 'palette' && <Palette actions={actions} onClose={close} />}
      {over?.kind === 'keys' && <KeysDialog actions={actions} onClose={close} />}
    </div>
  );
}

function writeHere(): void {
  document.querySelector<HTMLElement>('.composer textarea')?.focus();
}

/** Who comes without an address is shown the space at the top. */
function openFirstSpace({ router, state }: ReturnType<typeof useApp>): void {
  const first = state.spaces.peek()?.[0];
  if (first !== undefined && router.place.peek().at === 'start')
    router.go({ at: 'space', space: first.id, note: null }, 'replace');
}
