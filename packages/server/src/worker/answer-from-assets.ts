import { appFileHeaders, appFileName } from '@dataans/web/served/answer';
import type { AnswerFromApp } from '../routes/web-app.ts';

/** The static files that were deployed with a Worker. */
export interface Assets {
  fetch(address: string, init: { readonly headers: Readonly<Record<string, string>> }): Promise<Response>;
}

/** Answers for the app with its files below `app/`, which Cloudflare compresses on their way. // SRV-71, SRV-72 */
export function answerFromAssets(assets: Assets): AnswerFromApp {
  return async ({ path, header }) => {
    const name = appFileName(path);
    if (name === null) return null;
    const tag = header('if-none-match');
    const response = await assets.fetch(`https://assets/app/${name}`, {
      headers: tag === null ? {} : { 'if-none-match': tag },
    });
    const { status, headers, body } = response;
    if (status !== 200 && status !== 304) {
      await body?.cancel();
      return null;
    }
    const about = {
      ...appFileHeaders(name),
      etag: headers.get('etag') ?? '',
      ...(status === 200 && { 'content-type': headers.get('content-type') ?? 'application/octet-stream' }),
    };
    return { status, headers: about, body };
  };
}
