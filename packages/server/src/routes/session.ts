import { paths, type SessionMessage } from '@dataans/core';
import { jsonResponse } from './responses.ts';
import type { Route } from './route.ts';

/** Who the server thinks is calling. */
export const sessionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: paths.session,
    access: 'identified',
    handle: (_, { method, name, expires }) => {
      return jsonResponse({
        method,
        name,
        expires: expires === null ? null : new Date(expires).toISOString(),
      } satisfies SessionMessage);
    },
  },
];
