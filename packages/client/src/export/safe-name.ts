import { utf8ToBytes } from '@dataans/core';
import { fileNameBytesMax, type PathRules } from '../folder-format/path-rules.ts';

const extensionBytesMax = 32;

/**
 * A name that one file or folder can have, whatever was synced: it names nothing outside its folder.
 * What is allowed already stays as it is. // EXP-3, EXP-4
 */
export function safeName(name: string, names: PathRules['names']): string {
  if (name === '') return '_';
  if (name === '.' || name === '..') return '_'.repeat(name.length);
  const fitting = fitName(name.replaceAll(/[/\0]/g, '_'), '');
  return names === 'windows' ? allowOnWindows(fitting) : fitting;
}

/** The name with ` (2)` and so on before its extension, within the length that a name can have. // EXP-5 */
export function numberName(name: string, number: number): string {
  return fitName(name, ` (${number})`);
}

/** The parts of a name: `tar` and `.md`. A leading dot begins no extension, nor does a long last part. */
export function splitName(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  if (extension.length > extensionBytesMax || utf8ToBytes(extension).length > extensionBytesMax)
    return { stem: name, extension: '' };
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** Folder names one below the other, none of which leads elsewhere. Empty for the target itself. // EXP-3 */
export function safeFolder(folder: string, rules: PathRules): readonly string[] {
  const names: string[] = [];
  // Room for the longest note with a folder for its files.
  let room = rules.pathBytesMax - 2 * (fileNameBytesMax + 1);
  for (const part of folder.split('/')) {
    if (part === '') continue;
    const name = safeName(part, rules.names);
    room -= utf8ToBytes(name).length + 1;
    if (room < 0) break;
    names.push(name);
  }
  return names;
}

const forbiddenOnWindows = /[<>:"/\\|?*\u0000-\u001f]/g;
const reservedOnWindows = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:$|[ .])/i;

function allowOnWindows(name: string): string {
  const allowed = replaceEnd(name.replaceAll(forbiddenOnWindows, '_'));
  // What is cut off may leave another end.
  return reservedOnWindows.test(allowed) ? replaceEnd(fitName(`_${allowed}`, '')) : allowed;
}

/** Dots and blanks that nothing follows. */
function replaceEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end) + '_'.repeat(name.length - end);
}

function fitName(name: string, suffix: string): string {
  const { stem, extension } = splitName(name);
  const room = fileNameBytesMax - utf8ToBytes(suffix + extension).length;
  return cutText(stem, room) + suffix + extension;
}

/** The longest beginning of whole characters within that many UTF-8 bytes. */
function cutText(text: string, bytesMax: number): string {
  if (text.length * 3 <= bytesMax) return text;
  let bytes = 0;
  let cut = '';
  for (const character of text) {
    bytes += utf8ToBytes(character).length;
    if (bytes > bytesMax) return cut;
    cut += character;
  }
  return text;
}
