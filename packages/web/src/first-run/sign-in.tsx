import type { SignInResult } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { tellError } from '../state/tell-error.ts';
import { useApp } from '../state/context.ts';
import { Button } from '../elements/button.tsx';
import { Wrong } from '../elements/wrong.tsx';
import { nameDevice } from './device-name.ts';
import { accessOf } from './access-of.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { PasswordField } from './password-field.tsx';

export interface SignInProps {
  /** The server's own credential, if it asks for one. */
  readonly token: { readonly value: string; readonly change: (value: string) => void } | null;
  readonly onSignedIn: (result: SignInResult) => void;
  readonly onBack: (() => void) | null;
}

export function SignIn({ token, onSignedIn, onBack }: SignInProps): VNode {
  const { home, words, linkedPassphrase } = useApp();
  const linked = linkedPassphrase.value;
  const [password, setPassword] = useState('');
  const [passphrase, setPassphrase] = useState(linked ?? '');
  useEffect(() => {
    if (linked !== null) setPassphrase(linked);
  }, [linked]);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const tokenId = useId();
  const said = words.value;

  const signIn = async (): Promise<void> => {
    if (password === '') return setWrong(said.passwordNeeded);
    if (passphrase.trim() === '') return setWrong(said.passphraseNeeded);
    setBusy(true);
    setWrong(null);
    try {
      const access = accessOf(token?.value ?? '');
      const device = nameDevice(navigator.userAgent);
      const typed = { password, passphrase: passphrase.trim().replace(/\s+/g, ' ') };
      onSignedIn(await home.account.signIn({ server: location.origin, access, ...typed, device }));
    } catch (error) {
      setWrong(tellError(error, said));
      setBusy(false);
    }
  };
  return (
    <>
      <h1>{said.signIn}</h1>
      <p class="lead">{said.signInLead}</p>
      <form
        class="steps"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        {token !== null && (
          <div class="field">
            <label for={tokenId}>{said.accessToken}</label>
            <input
              class="input"
              id={tokenId}
              value={token.value}
              autocomplete="off"
              spellcheck={false}
              aria-describedby={`${tokenId}-hint`}
              onInput={(event) => token.change(event.currentTarget.value)}
            />
            <p class="hint" id={`${tokenId}-hint`}>
              {said.accessTokenHint}
            </p>
          </div>
        )}
        <PasswordField value={password} onChange={setPassword} autoFocus />
        <PassphraseField value={passphrase} onChange={setPassphrase} />
        <div role="alert">{wrong !== null && <Wrong words={wrong} />}</div>
        <div class="next">
          <Button class="primary" type="submit" words={said.signIn} disabled={isBusy} />
          {onBack !== null && <Button class="bare" words={said.back} disabled={isBusy} onPress={onBack} />}
        </div>
        <p class="quiet" role="status">
          {isBusy ? said.signingIn : ''}
        </p>
      </form>
    </>
  );
}
