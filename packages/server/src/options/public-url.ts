import { is, mustBe, type Option, type Parsed } from './option.ts';

export const publicUrlOption: Option<URL> = {
  help: 'public address, if a proxy is in front of the server',
  parse: parsePublicUrl,
};

function parsePublicUrl(text: string): Parsed<URL> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && url.pathname === '/' && url.search === '' && url.hash === '';
  return isPlain && (url.protocol === 'https:' || url.protocol === 'http:')
    ? is(url)
    : mustBe(
        'an address such as https://notes.example.org, without a path: browsers keep the notes of the app apart from other sites by host name, so it wants one of its own',
      );
}
