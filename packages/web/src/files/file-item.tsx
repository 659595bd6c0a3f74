import type { FileRow, FileState } from '@dataans/client';
import type { ComponentChildren, VNode } from 'preact';
import { Download, FileText } from 'lucide';
import { useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { readBlob } from './read-blob.ts';
import { saveFile } from './save-file.ts';
import { unknownType } from './shown-type.ts';
import { tellFileState } from './tell-state.ts';

/** A file of a note, and where its content is; `null` until that is known. */
export interface ShownFile {
  readonly file: FileRow;
  readonly state: FileState | null;
}

export interface FileItemProps extends ShownFile {
  /** In front of its name, instead of a sign for its kind. */
  readonly lead?: VNode;
  /** Below its name, instead of where it is and how large. */
  readonly line?: string | null;
  readonly children?: ComponentChildren;
}

/** A file by its name. */
export function FileItem({ file, state, lead, line, children }: FileItemProps): VNode {
  const { formats, words } = useApp();
  const [stem, end] = splitName(file.name);
  return (
    <div class="file" data-id={file.id} {...(state !== null && { 'data-state': state.kind })}>
      {lead ?? <Icon of={FileText} class="kind" />}
      <div>
        <div class="name" dir="auto">
          <span>{stem}</span>
          <span>{end}</span>
        </div>
        <div class="state">
          {line ?? tellFileState(state, words.value, formats.value.bytes) ?? formats.value.bytes(file.bytes)}
        </div>
      </div>
      <DownloadButton file={file} />
      {children}
    </div>
  );
}

function DownloadButton({ file }: { readonly file: FileRow }): VNode {
  const { home, notices, words } = useApp();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      saveFile(await readBlob(home, file, unknownType), file.name);
    } catch (error) {
      notices.show(tellError(error, words.value));
    }
    setBusy(false);
  };
  return (
    <IconButton
      icon={Download}
      words={`${words.value.download}: ${file.name}`}
      disabled={isBusy}
      onPress={() => void save()}
    />
  );
}

/** The end of a name says what it is, and is never cut off. */
function splitName(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
}
