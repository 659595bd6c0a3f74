import { concatBytes, type FileValue } from '@dataans/core';
import type { ShrinkPicture } from '../platform/shrink-picture.ts';
import { findMediaType, type ContentClaim } from './find-media-type.ts';
import type { FileProgress, Files, FileSource } from './files.ts';
import { makePreview } from './make-preview.ts';
import { readPictureSize } from './picture-size.ts';

/** What a file is beside its name. */
export type FileContent = Omit<FileValue, 'name'>;

/** Photos with a profile and a preview of their own say their size within it. */
const headBytesMax = 256 * 1024;

/** What files are sealed with. */
export interface Sealer {
  readonly files: Pick<Files, 'seal'>;
  /** Where there is none, pictures have no preview. */
  readonly shrinkPicture?: ShrinkPicture | undefined;
}

/** Seals a content, and finds out what it is and looks like. // FIL-2, FIL-10, FIL-11 */
export async function sealFile(
  { files, shrinkPicture }: Sealer,
  name: string,
  source: FileSource,
  onProgress?: (progress: FileProgress) => void,
): Promise<FileContent> {
  const head = createHead();
  const pieces = (): AsyncIterable<Uint8Array> => head.follow(source.pieces());
  const sealed = await files.seal({ bytes: source.bytes, pieces }, onProgress);
  const content = { ...sealed, ...describe({ name, type: source.type }, head.bytes()) };
  if (shrinkPicture === undefined || source.blob === undefined) return content;
  const preview = await makePreview(shrinkPicture, content, source.blob);
  return preview === null ? content : { ...content, preview };
}

function describe(claim: ContentClaim, head: Uint8Array): Pick<FileContent, 'type' | 'width' | 'height'> {
  const type = findMediaType(claim, head);
  return type === null ? {} : { type, ...readPictureSize(type, head) };
}

/** The beginning of what passes by. */
function createHead() {
  const parts: Uint8Array[] = [];
  let length = 0;
  return {
    bytes: () => concatBytes(...parts),
    async *follow(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces) {
        if (length < headBytesMax) {
          const part = piece.slice(0, headBytesMax - length);
          parts.push(part);
          length += part.length;
        }
        yield piece;
      }
    },
  };
}
