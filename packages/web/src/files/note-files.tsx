import type { FileRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { later } from '../elements/later.tsx';
import { useApp } from '../state/context.ts';
import { AudioItem } from './audio-item.tsx';
import { FileItem } from './file-item.tsx';
import type { ShownFile } from './shown-file.ts';
import { Picture } from './picture.tsx';
import { isPicture, playedAs } from './shown-type.ts';
import { useFileStates } from './use-file-states.ts';
import { VideoItem } from './video-item.tsx';

const Viewer = later(async () => (await import('./viewer.tsx')).Viewer);

export interface NoteFilesProps {
  readonly files: readonly FileRow[];
  /** How many more will come. */
  readonly awaited: number;
}

/** The files of a note: pictures as pictures, recordings to be played, everything else by name. */
export function NoteFiles({ files, awaited }: NoteFilesProps): VNode {
  const { words } = useApp();
  const [viewed, setViewed] = useState<FileRow | null>(null);
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  const states = useFileStates(files);
  const stateOf = ({ id }: FileRow): ShownFile['state'] => states.get(id) ?? null;
  return (
    <div class="files">
      {pictures.length > 0 && (
        <div class={pictures.length > 1 ? 'pictures' : 'one'}>
          {pictures.map((file) => (
            <Picture
              key={file.id}
              file={file}
              state={stateOf(file)}
              isOneOfMany={pictures.length > 1}
              onOpen={() => setViewed(file)}
            />
          ))}
        </div>
      )}
      {others.map((file) => {
        const Item = itemOf(file);
        return <Item key={file.id} file={file} state={stateOf(file)} />;
      })}
      {awaited > 0 && <p class="awaited">{words.value.filesComing(awaited)}</p>}
      {viewed !== null && (
        <Viewer file={viewed} all={pictures} stateOf={stateOf} onClose={() => setViewed(null)} />
      )}
    </div>
  );
}

function itemOf(file: FileRow): (shown: ShownFile) => VNode {
  return { audio: AudioItem, video: VideoItem, none: FileItem }[playedAs(file) ?? 'none'];
}
