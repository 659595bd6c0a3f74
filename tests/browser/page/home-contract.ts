import { homeContract } from '../../../packages/client/src/testing/home.contract.ts';
import type { Home, WebHome } from '@dataans/client/web';
import { openHere, untilLeader } from './web-homes.ts';

/** What the test lends the page: a new server behind its origin each time. */
interface Lent {
  replaceServer(): Promise<void>;
}

let devices = 0;

// The two are tabs to each other, though they are in one page. One works through what the other one has open, so that
// the home of who leads is held to its contract as well.
homeContract('of a second tab', () =>
  makePlace(async (name, keep) => {
    const leading = openHere(name);
    keep(leading);
    await untilLeader(leading, 'this');
    const other = openHere(name);
    await untilLeader(other, 'other');
    return other;
  }),
);

/** A photo of what nobody has seen. */
async function draw(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('Nothing can be drawn here.');
  const sky = context.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, 'navy');
  sky.addColorStop(0.6, 'orange');
  sky.addColorStop(1, 'white');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/jpeg' });
}

async function makePlace(open: (name: string, keep: (home: WebHome) => void) => WebHome | Promise<WebHome>) {
  await (globalThis as unknown as Lent).replaceServer(); // The test has put it there.
  const homes: WebHome[] = [];
  const keep = (home: WebHome): void => {
    homes.push(home);
  };
  return {
    server: location.origin,
    opensAnew: true as const,
    draw,
    open: async (): Promise<Home> => {
      devices += 1;
      const opened = await open(`device-${devices}`, keep);
      keep(opened);
      return opened.home;
    },
    remove: async () => {
      for (const { home } of homes) await home.close();
    },
  };
}
