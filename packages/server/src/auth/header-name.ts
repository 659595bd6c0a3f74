import { is, mustBe, type Option } from '../options/option.ts';

/** An option that names a header; the value is in lower case, as headers are looked up. */
export function headerNameOption(help: string): Option<string> {
  return {
    help,
    parse: (text) =>
      /^[A-Za-z0-9-]+$/.test(text)
        ? is(text.toLowerCase())
        : mustBe('the name of a header, such as Remote-Email'),
  };
}
