import type { Chance } from '../../world/chance.ts';
import type { Weather } from './plan.ts';
import type { WireAnswer } from './tell-server.ts';

/** What befalls one request. */
export interface Fate {
  readonly kind: 'arrives' | 'lost' | 'answer lost' | 'request cut' | 'answer cut' | 'twice' | 'stranger';
  readonly isSlow: boolean;
}

export function drawFate(weather: Weather, chance: Chance, line: string): Fate {
  const isSlow = chance.happens(weather.slow);
  const kinds = [
    ['lost', weather.lost],
    ['answer lost', weather.answerLost],
    [chance.happens(0.5) ? 'request cut' : 'answer cut', weather.cut],
    ['twice', line.includes('/v1/events') ? 0 : weather.twice],
    ['stranger', weather.stranger],
  ] as const;
  for (const [kind, probability] of kinds) if (chance.happens(probability)) return { kind, isSlow };
  return { kind: 'arrives', isSlow };
}

/** What gateways, sign-in pages and the like answer: never with the server's header. */
export function strangerAnswer(chance: Chance): WireAnswer {
  const status = chance.pick([200, 302, 403, 404, 429, 502, 503]);
  return {
    status,
    header: (name) => (name === 'content-type' ? 'text/html' : null),
    async *body() {
      yield Buffer.from('<html>Please wait.</html>');
    },
    leave: () => undefined,
  };
}
