import type { VNode } from 'preact';
import { Play, Video } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { Icon } from '../elements/icon.tsx';
import { FileItem } from './file-item.tsx';
import type { ShownFile } from './shown-file.ts';
import { sizeOf } from './picture.tsx';
import { PlayButton } from './play-button.tsx';
import { useSource, type Source } from './use-source.ts';

const sizeUnknown = { width: 480, height: 270 };

/** A film: its preview if it has one, and its content once one wants to see it. */
export function VideoItem({ file, state }: ShownFile): VNode {
  const said = useApp().words.value;
  const source = useSource(file);
  const isAsked = source.address !== null && !source.isBroken;
  const canAsk = source.address === null && !source.isBroken;
  return (
    <>
      {isAsked && <Film file={file} source={source} />}
      {canAsk && file.preview !== null && (
        <button
          type="button"
          class="picture film"
          aria-label={`${said.play}: ${file.name}`}
          onClick={source.start}
        >
          <img src={file.preview} {...sizeOf(file, sizeUnknown)} alt="" />
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
        lead={
          canAsk && file.preview === null ? (
            <PlayButton isPlaying={false} name={file.name} onPress={source.start} />
          ) : (
            <Icon of={Video} class="kind" />
          )
        }
      />
    </>
  );
}

function Film({ file, source }: { readonly file: ShownFile['file']; readonly source: Source }): VNode {
  return (
    <video
      class="film"
      src={source.address ?? ''}
      {...sizeOf(file, sizeUnknown)}
      {...(file.preview !== null && { poster: file.preview })}
      aria-label={file.name}
      controls
      autoplay
      playsInline
      onError={source.fail}
    />
  );
}
