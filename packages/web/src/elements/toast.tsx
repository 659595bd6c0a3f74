import type { VNode } from 'preact';
import { useApp } from '../state/context.ts';
import { Button } from './button.tsx';

/** What was done, and the way back. Always there, so that it is read out when it changes. */
export function Toast(): VNode {
  const { notices } = useApp();
  const notice = notices.shown.value;
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {notice !== null && (
        <div class="toast" key={notice.id}>
          <span>{notice.words}</span>
          {notice.action !== null && (
            <Button
              class="small"
              words={notice.action.words}
              onPress={() => {
                notices.dismiss();
                notice.action?.act();
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}
