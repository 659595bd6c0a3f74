import type { SignInResult } from '@dataans/client';
import type { ErrorCode } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { codeOf, tellError } from '../state/tell-error.ts';
import { useApp } from '../state/context.ts';
import { Button } from '../elements/button.tsx';
import { accessOf } from './access-of.ts';
import { CreateAccount } from './create-account.tsx';
import { Frame } from './frame.tsx';
import { KeepPassphrase } from './keep-passphrase.tsx';
import { SignIn } from './sign-in.tsx';

type Step =
  | { readonly at: 'asking' }
  | { readonly at: 'failed'; readonly why: string }
  | { readonly at: 'create' }
  | { readonly at: 'sign-in'; readonly canCreate: boolean; readonly asksForToken: boolean }
  | { readonly at: 'keep'; readonly passphrase: string };

/** The server asks for a credential that a browser has not by itself. */
const asksForToken: ReadonlySet<ErrorCode | null> = new Set(['session-expired', 'login-required']);

/** Everything before the notes: create an account or sign in, as this server has one or not. */
export function FirstRun({ onDone }: { readonly onDone: () => void }): VNode {
  const { home, words } = useApp();
  const [step, setStep] = useState<Step>({ at: 'asking' });
  const [token, setToken] = useState('');
  const said = words.value;

  const ask = (): void => {
    setStep({ at: 'asking' });
    home.account
      .meet({ server: location.origin, access: accessOf(token) })
      .then(({ account }) =>
        setStep(
          account === 'none' ? { at: 'create' } : { at: 'sign-in', canCreate: false, asksForToken: false },
        ),
      )
      .catch((error: unknown) => {
        if (asksForToken.has(codeOf(error))) setStep({ at: 'sign-in', canCreate: false, asksForToken: true });
        else setStep({ at: 'failed', why: tellError(error, said) });
      });
  };
  useEffect(ask, []);

  const signedIn = ({ created, passphraseGenerated, passphrase }: SignInResult): void => {
    if (created && passphraseGenerated) setStep({ at: 'keep', passphrase });
    else onDone();
  };
  return (
    <Frame words={said}>
      {step.at === 'asking' && (
        <p class="lead" role="status">
          {said.contacting}
        </p>
      )}
      {step.at === 'failed' && (
        <>
          <h1>{said.welcome}</h1>
          <p class="lead" role="alert">
            {step.why}
          </p>
          <div class="next">
            <Button class="primary" words={said.tryAgain} onPress={ask} />
          </div>
        </>
      )}
      {step.at === 'create' && (
        <CreateAccount
          access={accessOf(token)}
          onCreated={signedIn}
          onHaveNotes={() => setStep({ at: 'sign-in', canCreate: true, asksForToken: false })}
        />
      )}
      {step.at === 'sign-in' && (
        <SignIn
          token={step.asksForToken ? { value: token, change: setToken } : null}
          onSignedIn={signedIn}
          onBack={step.canCreate ? () => setStep({ at: 'create' }) : null}
        />
      )}
      {step.at === 'keep' && <KeepPassphrase passphrase={step.passphrase} onKept={onDone} />}
    </Frame>
  );
}
