import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { FolderInput } from 'lucide';
import { Button } from '../elements/button.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

/** Takes a folder of Markdown and other files in, or a JSON export; again it changes nothing. */
export function ImportFolder(): VNode {
  const { home, notices, words } = useApp();
  const said = words.value;
  const chooser = useRef<HTMLInputElement>(null);
  const [done, setDone] = useState<number | null>(null);
  useEffect(() => {
    // A folder is chosen, not its files one by one: an attribute that Preact's types don't know.
    chooser.current?.setAttribute('webkitdirectory', '');
  }, []);

  const take = async (chosen: readonly File[]): Promise<void> => {
    const [name = ''] = chosen[0]?.webkitRelativePath.split('/') ?? [];
    if (name === '') return;
    const files = chosen.map((file) => ({
      path: file.webkitRelativePath.slice(name.length + 1),
      content: file,
    }));
    setDone(0);
    try {
      const report = await home.folders.importFrom(
        { kind: 'files', name, files },
        { onProgress: (progress) => setDone(progress.files) },
      );
      const { added, changed } = report.notes;
      notices.show(said.imported(added + changed + report.attachments.added));
    } catch (error) {
      notices.show(tellError(error, said));
    }
    setDone(null);
  };
  return (
    <>
      <Button
        icon={FolderInput}
        words={done === null ? said.chooseFolder : said.importing(done)}
        disabled={done !== null}
        onPress={() => chooser.current?.click()}
      />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          void take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
