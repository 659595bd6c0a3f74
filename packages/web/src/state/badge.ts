/** As far as a browser has it. */
interface BadgeNavigator {
  readonly setAppBadge?: (count: number) => Promise<void>;
  readonly clearAppBadge?: () => Promise<void>;
}

/** How many changes wait to be sent, on the icon of the installed app. A browser that shows no badge says nothing. */
export function showBadge(browser: BadgeNavigator, waiting: number): void {
  const shown = waiting > 0 ? browser.setAppBadge?.(waiting) : browser.clearAppBadge?.();
  shown?.catch(() => undefined); // The app is not installed, or its icon has no badge.
}
