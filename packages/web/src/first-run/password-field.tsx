import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Wrong } from '../elements/wrong.tsx';
import { useApp } from '../state/context.ts';

export interface PasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isNew?: boolean;
  readonly wrong?: string | null;
  readonly autoFocus?: boolean;
}

export function PasswordField({
  value,
  onChange,
  isNew = false,
  wrong = null,
  autoFocus = false,
}: PasswordFieldProps): VNode {
  const words = useApp().words.value;
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{words.password}</label>
      <input
        class="input"
        id={id}
        {...(isShown ? {} : { type: 'password' as const })}
        value={value}
        autocomplete={isNew ? 'new-password' : 'current-password'}
        autoFocus={autoFocus}
        spellcheck={false}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => setCapsLock(event.getModifierState('CapsLock'))}
      />
      <div id={`${id}-hint`} class="hint">
        {wrong !== null && <Wrong words={wrong} />}
        {hasCapsLock && <Wrong words={words.capsLock} />}
        {isNew && wrong === null && <p>{words.passwordHint}</p>}
      </div>
      <label class="row-check">
        <input
          type="checkbox"
          class="check"
          checked={isShown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
        <span>{words.showPassword}</span>
      </label>
    </div>
  );
}
