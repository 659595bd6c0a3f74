import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

export function RenameDevice(): VNode {
  const { home, notices, state, words } = useApp();
  const said = words.value;
  const [name, setName] = useState(state.account.value?.device ?? '');
  const rename = async (): Promise<void> => {
    if (name.trim() === '') return;
    try {
      await home.account.renameDevice(name.trim());
      await state.refresh();
      notices.show(said.deviceRenamed);
    } catch (error) {
      notices.show(tellError(error, said));
    }
  };
  return (
    <form
      class="with-button"
      onSubmit={(event) => {
        event.preventDefault();
        void rename();
      }}
    >
      <input
        class="input"
        aria-label={said.deviceName}
        value={name}
        autocomplete="off"
        dir="auto"
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" words={said.rename} />
    </form>
  );
}
