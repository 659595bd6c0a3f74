import type { FileRow, FileState } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { Download, FileText, Music, Video } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { isPicture, readBlob } from './read-blob.ts';
import { saveFile } from './save-file.ts';
import { tellFileState } from './tell-state.ts';
import { useFileAddress } from './use-file-address.ts';
import { Viewer } from './viewer.tsx';

/** The files of a note: pictures as pictures, everything else by name. */
export function NoteFiles({ files }: { readonly files: readonly FileRow[] }): VNode {
  const [viewed, setViewed] = useState<FileRow | null>(null);
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  const states = useFileStates(others);
  return (
    <div class="files">
      {pictures.map((file) => (
        <Picture key={file.id} file={file} onOpen={() => setViewed(file)} />
      ))}
      {others.map((file) => (
        <FileItem key={file.id} file={file} state={states.get(file.id) ?? null} />
      ))}
      {viewed !== null && <Viewer file={viewed} all={pictures} onClose={() => setViewed(null)} />}
    </div>
  );
}

const sizeUnknown = { width: 320, height: 240 };

/** Has its size before its content, so that nothing jumps; its content comes when it is near the screen. */
function Picture({ file, onOpen }: { readonly file: FileRow; readonly onOpen: () => void }): VNode {
  const { words } = useApp();
  const frame = useRef<HTMLButtonElement>(null);
  const isNear = useIsNear(frame);
  const address = useFileAddress(isNear ? file : null);
  const { width, height } =
    file.width === null || file.height === null ? sizeUnknown : { width: file.width, height: file.height };
  return (
    <button
      ref={frame}
      type="button"
      class="picture"
      aria-label={words.value.openPicture(file.name)}
      onClick={onOpen}
    >
      <img
        src={address ?? file.preview ?? emptyPicture}
        width={width}
        height={height}
        alt={file.name}
        decoding="async"
      />
    </button>
  );
}

const emptyPicture = 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"/%3E';

interface FileItemProps {
  readonly file: FileRow;
  readonly state: FileState | null;
}

/** Kept up to date, as long as the files are shown. */
function useFileStates(files: readonly FileRow[]): ReadonlyMap<EntityId, FileState> {
  const { home, notices, words } = useApp();
  const [states, setStates] = useState<ReadonlyMap<EntityId, FileState>>(new Map());
  const ids = files.map(({ id }) => id);
  useEffect(() => {
    if (ids.length === 0) return undefined;
    return home.live.files(ids, setStates, (error) => notices.show(tellError(error, words.peek())));
  }, [ids.join()]);
  return states;
}

function FileItem({ file, state }: FileItemProps): VNode {
  const { home, formats, notices, words } = useApp();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      saveFile(await readBlob(home, file, 'application/octet-stream'), file.name);
    } catch (error) {
      notices.show(tellError(error, words.value));
    }
    setBusy(false);
  };
  const [stem, end] = splitName(file.name);
  return (
    <div class="file" {...(state !== null && { 'data-state': state.kind })}>
      <Icon of={iconOf(file)} class="kind" />
      <div>
        <div class="name" dir="auto">
          <span>{stem}</span>
          <span>{end}</span>
        </div>
        <div class="state">
          {tellFileState(state, words.value, formats.value.bytes) ?? formats.value.bytes(file.bytes)}
        </div>
      </div>
      <IconButton
        icon={Download}
        words={`${words.value.download}: ${file.name}`}
        disabled={isBusy}
        onPress={() => void save()}
      />
    </div>
  );
}

function iconOf({ type }: FileRow): typeof FileText {
  if (type?.startsWith('audio/') === true) return Music;
  return type?.startsWith('video/') === true ? Video : FileText;
}

/** The end of a name says what it is, and is never cut off. */
function splitName(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
}

/** Once it has been near, it stays so. */
function useIsNear(element: { readonly current: Element | null }): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setNear(true);
        observer.disconnect();
      },
      { rootMargin: '600px' },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return isNear;
}
