/** What begins to play ends what plays: two recordings at once are none. */
export function playOne(page: Pick<Document, 'addEventListener' | 'querySelectorAll'>): void {
  page.addEventListener(
    'play',
    ({ target }) => {
      for (const other of page.querySelectorAll<HTMLMediaElement>('audio, video'))
        if (other !== target) other.pause();
    },
    { capture: true },
  );
}
