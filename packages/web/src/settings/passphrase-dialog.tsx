import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';
import { PasswordField } from '../first-run/password-field.tsx';
import { KeepButtons } from '../first-run/keep-buttons.tsx';
import { later } from '../elements/later.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

const PassphraseCode = later(async () => (await import('./passphrase-code.tsx')).PassphraseCode);

/** The second key, for whoever knows the first. */
export function PassphraseDialog({ onClose }: { readonly onClose: () => void }): VNode {
  const { home, words } = useApp();
  const said = words.value;
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const show = async (): Promise<void> => {
    try {
      setPassphrase(await home.account.passphrase(password));
    } catch (error) {
      setWrong(tellError(error, said));
    }
  };
  return (
    <Dialog title={said.passphrase} onClose={onClose}>
      {passphrase === null ? (
        <form
          class="body"
          id="show-passphrase"
          onSubmit={(event) => {
            event.preventDefault();
            void show();
          }}
        >
          <PasswordField value={password} onChange={setPassword} wrong={wrong} autoFocus />
        </form>
      ) : (
        <div class="body">
          <ol class="words">
            {passphrase.split(' ').map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ol>
          <KeepButtons passphrase={passphrase} />
          <PassphraseCode passphrase={passphrase} />
        </div>
      )}
      <div class="foot">
        <Button words={passphrase === null ? said.cancel : said.close} onPress={onClose} />
        {passphrase === null && (
          <Button class="primary" type="submit" form="show-passphrase" words={said.showPassphrase} />
        )}
      </div>
    </Dialog>
  );
}
