import type { Clock } from '../../platform/clock.ts';
import { createPost, type Channel, type MessageTarget } from '../tabs/post.ts';
import type { OwnPageMessage, OwnWorkerMessage } from '../tabs/tab-messages.ts';
import { createLeading, type Leading } from './lead.ts';
import type { LedHome } from './terms.ts';

export interface WorkerDependencies {
  readonly locks: LockManager;
  readonly clock: Clock;
  readonly openChannel: (name: string) => Channel;
  /** Opens the home of this name; only ever one at a time. */
  readonly openHome: (name: string) => Promise<LedHome>;
}

/** Does what the page of this worker says: it begins, and gets in line to lead. */
export function answerPage(target: MessageTarget, dependencies: WorkerDependencies): void {
  const page = createPost<OwnPageMessage, OwnWorkerMessage>(target);
  let leading: Leading | null = null;
  const leave = async (): Promise<void> => {
    await leading?.leave();
    page.post({ kind: 'left' });
  };
  page.listen((message) => {
    if (message.kind === 'begin') {
      const { name, worker, version } = message;
      const openHome = (): Promise<LedHome> => dependencies.openHome(name);
      leading = createLeading({ ...dependencies, name, worker, version, page, openHome });
    }
    if (message.kind === 'claim') leading?.claim(message.steal);
    if (message.kind === 'leave') void leave();
  });
}
