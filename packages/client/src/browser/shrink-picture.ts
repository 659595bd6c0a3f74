import type { ShrunkSize } from '../platform/shrink-picture.ts';

/** Also in a worker. A photo that lies on its side is drawn upright. */
export async function shrinkPicture(picture: Blob, { sideMax, quality }: ShrunkSize): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  try {
    const scale = Math.min(1, sideMax / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The browser draws no pictures here');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return await canvas.convertToBlob({ type: 'image/webp', quality }); // PNG where it cannot write WebP.
  } finally {
    bitmap.close();
  }
}
