import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { FileText, X } from 'lucide';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';

export interface TrayProps {
  readonly files: readonly File[];
  readonly onRemove: (file: File) => void;
}

/** What will go with the next note. */
export function Tray({ files, onRemove }: TrayProps): VNode {
  const { words, formats } = useApp();
  return (
    <div class="tray">
      {files.map((file) => (
        <div class="file" key={`${file.name} ${file.size} ${file.lastModified}`}>
          {file.type.startsWith('image/') ? <Thumbnail file={file} /> : <Icon of={FileText} class="kind" />}
          <div>
            <div class="name">
              <span>{file.name}</span>
            </div>
            <div class="state">{formats.value.bytes(file.size)}</div>
          </div>
          <IconButton
            class="small"
            icon={X}
            words={words.value.removeFile(file.name)}
            onPress={() => onRemove(file)}
          />
        </div>
      ))}
    </div>
  );
}

function Thumbnail({ file }: { readonly file: File }): VNode {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address === null ? <span /> : <img class="thumbnail" src={address} alt="" width={40} height={40} />;
}
