import { is, mustBe, type Parsed } from './option.ts';

/** What a shell or a reader of settings takes away, and what is part of the name where neither has read it. */
const leftOver = /^~|^["']|["']$|^\s|\s$|\p{Cc}/u;

/**
 * The path of a folder. Refused is what no shell has read: it would make another folder, with a quotation mark or a
 * line end in its name, and a new, empty server in it.
 */
export function parseFolder(text: string): Parsed<string> {
  return text === '' || leftOver.test(text)
    ? mustBe(
        'the path of a folder: without quotation marks around it, spaces or a line end at its ends, or a ~ that no shell has replaced',
      )
    : is(text);
}

/** The path of a file, under the same rules. */
export function parseFile(text: string): Parsed<string> {
  return text === '' || leftOver.test(text)
    ? mustBe('the path of a file, without quotation marks around it or a ~ that no shell has replaced')
    : is(text);
}
