import type { SignInResult } from '@dataans/client';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { KeyRound } from '../icons/icons.ts';
import { tellError } from '../state/tell-error.ts';
import { useApp } from '../state/context.ts';
import { Button } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { nameDevice } from './device-name.ts';
import type { TypedAccess } from './access-of.ts';
import { PasswordField } from './password-field.tsx';

export interface CreateAccountProps {
  readonly access: TypedAccess;
  readonly onCreated: (result: SignInResult) => void;
  readonly onHaveNotes: () => void;
}

export function CreateAccount({ access, onCreated, onHaveNotes }: CreateAccountProps): VNode {
  const { home, words } = useApp();
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const said = words.value;

  const create = async (): Promise<void> => {
    if (password === '') return setWrong(said.passwordNeeded);
    setBusy(true);
    try {
      const device = nameDevice(navigator.userAgent);
      onCreated(
        await home.account.signIn({ server: location.origin, access, password, passphrase: null, device }),
      );
    } catch (error) {
      setWrong(tellError(error, said));
      setBusy(false);
    }
  };
  return (
    <>
      <h1>{said.welcome}</h1>
      <p class="lead">{said.welcomeLead}</p>
      <form
        class="steps"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <PasswordField value={password} onChange={setPassword} isNew wrong={wrong} autoFocus />
        <div class="next">
          <Button class="primary" type="submit" words={said.createAccount} disabled={isBusy} />
          <Button class="bare" words={said.haveNotes} disabled={isBusy} onPress={onHaveNotes} />
        </div>
        <p class="quiet" role="status">
          {isBusy ? said.creating : ''}
        </p>
      </form>
      <div class="aside">
        <Icon of={KeyRound} />
        <p>{said.passphraseComes}</p>
      </div>
    </>
  );
}
