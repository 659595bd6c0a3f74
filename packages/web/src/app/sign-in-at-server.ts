const pollMs = 250;

/**
 * Opens the page at which a proxy asks for a sign-in, in a window of its own: what is being written stays. The page that it
 * leads back to closes that window, and then the sync is tried again.
 */
export function signInAtServer(retry: () => Promise<void>): void {
  const opened = open('/app/signed-in.html?sign-in', 'dataans-sign-in', 'popup,width=520,height=720');
  if (opened === null) {
    location.assign('/app/?sign-in');
    return;
  }
  const timer = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(timer);
    void retry();
  }, pollMs);
}
