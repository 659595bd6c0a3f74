import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { saveFile } from '../files/save-file.ts';
import { Check, Copy, Download, Printer } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { nameDevice } from './device-name.ts';
import { writeProfile } from './read-profile.ts';

/** Copy, print, save as the file that a sign-in takes. */
export function KeepButtons({ passphrase }: { readonly passphrase: string }): VNode {
  const said = useApp().words.value;
  const [done, setDone] = useState<'copied' | 'saved' | null>(null);
  const save = (): void => {
    const profile = writeProfile({
      server: location.origin,
      passphrase,
      device: nameDevice(navigator.userAgent),
    });
    saveFile(new Blob([profile], { type: 'application/json' }), 'profile.json');
    setDone('saved');
  };
  return (
    <div class="keep">
      <Button
        icon={done === 'copied' ? Check : Copy}
        words={said.copy}
        onPress={() => void navigator.clipboard.writeText(passphrase).then(() => setDone('copied'))}
      />
      <Button icon={Printer} words={said.print} onPress={() => print()} />
      <Button icon={done === 'saved' ? Check : Download} words={said.saveAsFile} onPress={save} />
    </div>
  );
}
