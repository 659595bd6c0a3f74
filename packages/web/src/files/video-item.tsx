import type { VNode } from 'preact';
import { Play, Video } from 'lucide';
import { useApp } from '../state/context.ts';
import { Icon } from '../elements/icon.tsx';
import { FileItem } from './file-item.tsx';
import type { ShownFile } from './shown-file.ts';
import { emptyPicture, sizeOf } from './picture.tsx';
import { useSource } from './use-source.ts';

const sizeUnknown = { width: 480, height: 270 };

/** A film: its frame, and its content once one wants to see it. */
export function VideoItem({ file, state }: ShownFile): VNode {
  const said = useApp().words.value;
  const source = useSource(file);
  const size = sizeOf(file, sizeUnknown);
  return (
    <>
      {source.address !== null && !source.isBroken && (
        <video
          class="film"
          src={source.address}
          {...size}
          {...(file.preview !== null && { poster: file.preview })}
          aria-label={file.name}
          controls
          autoplay
          playsInline
          onError={source.fail}
        />
      )}
      {source.address === null && !source.isBroken && (
        <button
          type="button"
          class="picture film"
          aria-label={`${said.play}: ${file.name}`}
          onClick={source.start}
        >
          <img src={file.preview ?? emptyPicture} {...size} alt="" />
          <span class="fetch">
            <Icon of={Play} />
            {said.play}
          </span>
        </button>
      )}
      <FileItem
        file={file}
        state={state}
        line={source.isBroken ? said.cantPlay : null}
        lead={<Icon of={Video} class="kind" />}
      />
    </>
  );
}
