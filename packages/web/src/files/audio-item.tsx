import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Music } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { Icon } from '../elements/icon.tsx';
import { FileItem } from './file-item.tsx';
import { PlayButton } from './play-button.tsx';
import type { ShownFile } from './shown-file.ts';
import { tellLength } from './tell-length.ts';
import { useSource, type Source } from './use-source.ts';

/** Where a recording is, in seconds; `length` is not finite until it is known. */
interface Progress {
  readonly at: number;
  readonly length: number;
}

/** A recording: its content is read when one listens to it, and no more of it than that takes. */
export function AudioItem({ file, state }: ShownFile): VNode {
  const { words } = useApp();
  const said = words.value;
  const source = useSource(file);
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [progress, setProgress] = useState<Progress>({ at: 0, length: Number.NaN });
  if (source.isBroken)
    return (
      <FileItem file={file} state={state} line={said.cantPlay} lead={<Icon of={Music} class="kind" />} />
    );
  const press = (): void => {
    const { current } = audio;
    if (current === null) source.start();
    else if (current.paused) void current.play().catch(() => undefined);
    else current.pause();
  };
  return (
    <FileItem
      file={file}
      state={state}
      line={source.address === null ? null : tellProgress(progress)}
      lead={<PlayButton isPlaying={isPlaying} name={file.name} onPress={press} />}
    >
      {source.address !== null && (
        <>
          <Seek name={file.name} progress={progress} onSeek={(at) => seek(audio.current, at)} />
          <Sound
            audio={audio}
            source={source}
            isShort={file.bytes <= shortBytesMax}
            onPlaying={setPlaying}
            onProgress={setProgress}
          />
        </>
      )}
    </FileItem>
  );
}

interface SoundProps {
  readonly audio: { current: HTMLAudioElement | null };
  readonly source: Source;
  readonly isShort: boolean;
  readonly onPlaying: (isPlaying: boolean) => void;
  readonly onProgress: (progress: Progress) => void;
}

/** What a browser has recorded does not say how long it is: one that is short enough is read to its end for that. */
const shortBytesMax = 10_000_000;

/** A browser that is led behind the end finds it. */
function findLength(audio: HTMLAudioElement): void {
  const goBack = (): void => {
    audio.currentTime = 0;
    void audio.play().catch(() => undefined);
  };
  audio.addEventListener('durationchange', goBack, { once: true });
  audio.currentTime = Number.MAX_SAFE_INTEGER;
}

/** What sounds. It plays as soon as it can: it is there because somebody asked for it. */
function Sound({ audio, source, isShort, onPlaying, onProgress }: SoundProps): VNode {
  const tell = ({
    currentTarget: { currentTime: at, duration: length },
  }: {
    currentTarget: HTMLAudioElement;
  }) => onProgress({ at, length });
  return (
    <audio
      ref={audio}
      src={source.address ?? ''}
      autoplay
      onPlay={() => onPlaying(true)}
      onPause={() => onPlaying(false)}
      onLoadedMetadata={({ currentTarget }) => {
        if (currentTarget.duration === Number.POSITIVE_INFINITY && isShort) findLength(currentTarget);
      }}
      onTimeUpdate={tell}
      onDurationChange={tell}
      onError={source.fail}
    />
  );
}

interface SeekProps {
  readonly name: string;
  readonly progress: Progress;
  readonly onSeek: (at: number) => void;
}

function Seek({ name, progress, onSeek }: SeekProps): VNode {
  const said = useApp().words.value;
  const { at, length } = progress;
  const isKnown = Number.isFinite(length) && length > 0;
  return (
    <input
      class="seek"
      type="range"
      aria-label={`${said.position}: ${name}`}
      aria-valuetext={tellProgress(progress)}
      disabled={!isKnown}
      min={0}
      max={isKnown ? length : 1}
      // A key moves it by a hundredth, or by a second if that is less.
      step={isKnown ? Math.max(length / 100, Math.min(1, length / 10)) : 1}
      value={at}
      onInput={(event) => onSeek(event.currentTarget.valueAsNumber)}
    />
  );
}

function seek(audio: HTMLAudioElement | null, at: number): void {
  if (audio !== null) audio.currentTime = at;
}

function tellProgress({ at, length }: Progress): string {
  return Number.isFinite(length) ? `${tellLength(at)} / ${tellLength(length)}` : tellLength(at);
}
