import type { VNode } from 'preact';
import { LogIn } from 'lucide';
import { Button } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { useApp } from '../state/context.ts';
import { signInAtServer } from './sign-in-at-server.ts';

/** A line above everything, for what one should do something about. */
export function Banners(): VNode | null {
  const { home, state, words } = useApp();
  const said = words.value;
  const status = state.status.value;
  if (status === null || status.state === 'signed-out') return null;
  if (status.session?.state !== 'ended' && status.connection !== 'paused') return null;
  return (
    <div class="banner" role="status">
      <Icon of={LogIn} />
      <p>
        <strong>{said.sessionEnded}</strong> <span>{said.sessionEndedLead(status.pendingOperations)}</span>
      </p>
      <Button
        class="primary"
        words={said.signInAgain}
        onPress={() => signInAtServer(() => home.sync.retry())}
      />
    </div>
  );
}
