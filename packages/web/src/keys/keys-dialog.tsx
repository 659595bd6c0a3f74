import type { VNode } from 'preact';
import { Dialog } from '../elements/dialog.tsx';
import { KeyCaps } from '../elements/key-caps.tsx';
import type { Action } from '../palette/action.ts';
import { useApp } from '../state/context.ts';
import { listKeys } from './list-keys.ts';

export interface KeysDialogProps {
  readonly actions: readonly Action[];
  readonly onClose: () => void;
}

/** Every key that does something, by where it does. */
export function KeysDialog({ actions, onClose }: KeysDialogProps): VNode {
  const { settings, words } = useApp();
  return (
    <Dialog title={words.value.allKeys} onClose={onClose} class="all-keys">
      {/* What can be scrolled can be reached by keys. */}
      <div class="body" tabIndex={0} role="region" aria-label={words.value.allKeys}>
        {listKeys(actions, words.value, settings.value.enterSends).map(({ name, keys }) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {keys.map(([what, key]) => (
                <div key={what}>
                  <dt>{what}</dt>
                  <dd>
                    <KeyCaps of={key} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
