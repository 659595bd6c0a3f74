import type { VNode } from 'preact';
import { LogIn, Moon, RefreshCw } from 'lucide';
import { Button } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { signInAtServer } from './sign-in-at-server.ts';

/** A line above everything, for what one should do something about. */
export function Banners(): VNode | null {
  const { home, notices, state, words } = useApp();
  const said = words.value;
  const status = state.status.value;
  const leader = state.leader.value;
  if (leader === 'asleep')
    return (
      <div class="banner plain" role="status">
        <Icon of={Moon} />
        <p>
          <strong>{said.otherWindow}</strong>
        </p>
        <Button
          words={said.useHere}
          onPress={() => void state.useHere().catch((error: unknown) => notices.show(tellError(error, said)))}
        />
      </div>
    );
  if (leader === 'newer')
    return (
      <div class="banner plain" role="status">
        <Icon of={RefreshCw} />
        <p>
          <strong>{said.newVersion}</strong>
        </p>
        <Button words={said.useNow} onPress={() => location.reload()} />
      </div>
    );
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
