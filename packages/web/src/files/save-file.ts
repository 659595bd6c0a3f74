const keptForMs = 60_000;

/** Gives a file to the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this call, and says nothing when it has.
  setTimeout(() => URL.revokeObjectURL(address), keptForMs);
}
