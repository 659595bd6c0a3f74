import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { Choice } from '../elements/choice.tsx';
import { PageHeader } from '../elements/page-header.tsx';
import { ExportNotes } from '../folders/export-notes.tsx';
import { ImportNotes } from '../folders/import-notes.tsx';
import { KeyRound, LogOut } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { isLanguage, languageNames } from '../words/words.ts';
import { About } from './about.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { FilePolicy } from './file-policy.tsx';
import { PassphraseDialog } from './passphrase-dialog.tsx';
import { RenameDevice } from './rename-device.tsx';
import { textSizes, themes } from '../state/settings.ts';

export function SettingsPage({ onOpenSpaces }: { readonly onOpenSpaces: () => void }): VNode {
  const { home, notices, state, words } = useApp();
  const said = words.value;
  const [over, setOver] = useState<'passphrase' | 'erase' | null>(null);
  const signOut = async (): Promise<void> => {
    try {
      await home.account.signOut();
      await state.refresh();
    } catch (error) {
      notices.show(tellError(error, said));
    }
  };
  return (
    <main class="main">
      <div class="top">
        <PageHeader title={said.settings} onOpenSpaces={onOpenSpaces} />
      </div>
      <div class="scroller" tabIndex={-1}>
        <div class="page">
          <Look />
          <Writing />
          <Group title={said.thisDeviceTitle}>
            <Row name={said.deviceName} hint={said.deviceNameHint} isTall>
              <RenameDevice />
            </Row>
            <Row name={said.filesHere} hint={said.filesHereHint} isTall>
              <FilePolicy />
            </Row>
          </Group>
          <Group title={said.keys}>
            <Row name={said.passphrase} hint={said.passphraseShown}>
              <Button icon={KeyRound} words={said.showPassphrase} onPress={() => setOver('passphrase')} />
            </Row>
          </Group>
          <Group title={said.inAndOut}>
            <Row name={said.bringIn} hint={said.bringInHint} isTall>
              <ImportNotes />
            </Row>
            <Row name={said.takeOut} hint={said.takeOutHint} isTall>
              <ExportNotes />
            </Row>
          </Group>
          <Group title={said.leaving}>
            <Row name={said.signOut} hint={said.signOutHint}>
              <Button icon={LogOut} words={said.signOut} onPress={() => void signOut()} />
            </Row>
            <Row name={said.erase} hint={said.eraseHint}>
              <Button class="danger" words={`${said.eraseNow}…`} onPress={() => setOver('erase')} />
            </Row>
          </Group>
          <About />
        </div>
      </div>
      {over === 'passphrase' && <PassphraseDialog onClose={() => setOver(null)} />}
      {over === 'erase' && <EraseDialog onClose={() => setOver(null)} />}
    </main>
  );
}

function Look(): VNode {
  const { settings, changeSettings, words } = useApp();
  const said = words.value;
  const { theme, text, language } = settings.value;
  return (
    <Group title={said.look}>
      <Row name={said.colours} isTall>
        <Choice
          label={said.colours}
          name="theme"
          options={themes.map((value) => ({ value, words: said[value] }))}
          value={theme}
          onChoose={(chosen) => changeSettings({ theme: chosen })}
        />
      </Row>
      <Row name={said.textSize} isTall>
        <Choice
          label={said.textSize}
          name="text"
          options={textSizes.map((value) => ({ value, words: said[value] }))}
          value={text}
          onChoose={(chosen) => changeSettings({ text: chosen })}
        />
      </Row>
      <Row name={said.languageName}>
        <select
          class="input"
          aria-label={said.languageName}
          value={language}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            if (isLanguage(chosen)) changeSettings({ language: chosen });
          }}
        >
          {Object.entries(languageNames).map(([value, name]) => (
            <option key={value} value={value} lang={value}>
              {name}
            </option>
          ))}
        </select>
      </Row>
    </Group>
  );
}

function Writing(): VNode {
  const { settings, changeSettings, words } = useApp();
  const said = words.value;
  return (
    <Group title={said.writing}>
      <Row name={said.enterSends} hint={said.enterSendsHint}>
        <input
          type="checkbox"
          role="switch"
          class="switch"
          aria-label={said.enterSends}
          checked={settings.value.enterSends}
          onChange={(event) => changeSettings({ enterSends: event.currentTarget.checked })}
        />
      </Row>
    </Group>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  return (
    <section>
      <h2>{title}</h2>
      <div class="rows">{children}</div>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly hint?: string;
  readonly isTall?: boolean;
  readonly children: ComponentChildren;
}

function Row({ name, hint, isTall, children }: RowProps): VNode {
  return (
    <div class={isTall ? 'row-setting tall' : 'row-setting'}>
      <div>
        <span class="name">{name}</span>
        {hint !== undefined && <span class="hint">{hint}</span>}
      </div>
      <div class="with">{children}</div>
    </div>
  );
}
