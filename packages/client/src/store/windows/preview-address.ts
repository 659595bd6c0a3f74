/** How pictures of pixels begin in base64url: a preview that is anything else is not shown. // FIL-11 */
const typeByBeginning = new Map([
  ['iVBORw0KGgo', 'image/png'],
  ['_9j_', 'image/jpeg'],
  ['UklGR', 'image/webp'],
]);

/** A preview as a page can show it. */
export function previewToAddress(preview: string): string | null {
  for (const [beginning, type] of typeByBeginning)
    if (preview.startsWith(beginning))
      return `data:${type};base64,${preview.replaceAll('-', '+').replaceAll('_', '/')}`;
  return null;
}
