import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { later } from '../elements/later.tsx';
import { useApp } from '../state/context.ts';
import { forgetShared, readShared, type SharedItem } from './shared-items.ts';

const ShareDialog = later(async () => (await import('./share-dialog.tsx')).ShareDialog);

/** What other apps have shared, one after another, once somebody is signed in and there is a space to put it in. */
export function Share(): VNode | null {
  const { state } = useApp();
  const [items, setItems] = useState<readonly SharedItem[]>([]);
  useEffect(() => {
    // Some browsers have no such storage in private windows; there nothing could be shared either.
    if ('caches' in window) void readShared(caches).then(setItems);
  }, []);
  const [item, ...others] = items;
  const spaces = state.spaces.value ?? [];
  if (item === undefined || spaces.length === 0) return null;
  const end = (): void => {
    void forgetShared(caches, item);
    setItems(others);
  };
  return <ShareDialog key={item.id} item={item} spaces={spaces} onDone={end} onClose={() => setItems([])} />;
}
