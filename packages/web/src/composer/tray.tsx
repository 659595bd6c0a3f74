import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import type { DraftFile } from '../drafts/draft-files.ts';
import { FileText, X } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { isPicture } from '../files/shown-type.ts';
import { usePictureAddress } from '../files/use-file-address.ts';

export interface TrayProps {
  readonly files: readonly DraftFile[];
  readonly onRemove: (file: EntityId) => void;
}

/** What will go with the next note. */
export function Tray({ files, onRemove }: TrayProps): VNode {
  return (
    <div class="tray">
      {files.map((file) => (
        <TrayFile key={file.id} file={file} onRemove={() => onRemove(file.id)} />
      ))}
    </div>
  );
}

function TrayFile({ file, onRemove }: { readonly file: DraftFile; readonly onRemove: () => void }): VNode {
  const { words, formats } = useApp();
  const said = words.value;
  const bytes = formats.value.bytes(file.bytes);
  const { doneBytes } = file;
  return (
    <div class="file">
      {isPicture(file) && doneBytes === null ? (
        <Thumbnail file={file} />
      ) : (
        <Icon of={FileText} class="kind" />
      )}
      <div>
        <div class="name">
          <span>{file.name}</span>
        </div>
        <div class="state">
          {doneBytes === null ? bytes : said.attaching(formats.value.bytes(doneBytes), bytes)}
        </div>
      </div>
      <IconButton class="small" icon={X} words={said.removeFile(file.name)} onPress={onRemove} />
      {doneBytes !== null && <progress aria-label={file.name} value={doneBytes} max={file.bytes} />}
    </div>
  );
}

function Thumbnail({ file }: { readonly file: DraftFile }): VNode {
  const shown = file.preview === null ? { file, isHere: true, isSmall: true } : null;
  const address = usePictureAddress(shown) ?? file.preview;
  return address === null ? <span /> : <img class="thumbnail" src={address} alt="" width={40} height={40} />;
}
