import {
  decodeFrames,
  encodeFrames,
  headHeader,
  problemMediaType,
  serverHeader,
  statusByProblemCode,
  type Frame,
  type ProblemCode,
} from '@dataans/core';

/** The answer with another body; the very same answer where the body would be no other. */
async function withBody(response: Response, change: (body: Buffer) => Uint8Array): Promise<Response> {
  const before = Buffer.from(await response.clone().arrayBuffer());
  const after = change(before);
  if (before.equals(after)) return response;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(new Uint8Array(after), { status: response.status, headers });
}

export async function forgeBytes(
  response: Response,
  change: (body: Buffer) => Uint8Array,
): Promise<Response> {
  return response.ok ? withBody(response, change) : response;
}

/** Another page in the place of one that has entries. */
export async function forgeFrames(
  response: Response,
  change: (frames: readonly Frame[]) => readonly Frame[],
): Promise<Response> {
  return forgeBytes(response, (body) => {
    const decoded = decodeFrames(body);
    if (!decoded.ok || decoded.frames.length === 0) return body;
    return encodeFrames(change(decoded.frames));
  });
}

/** @param change of the members of a JSON object */
export async function forgeJson(
  response: Response,
  change: (members: Readonly<Record<string, unknown>>) => object,
): Promise<Response> {
  if (!response.ok) return response;
  return withBody(response, (body) => {
    const members = JSON.parse(body.toString()) as Readonly<Record<string, unknown>>; // All of the protocol's are objects.
    return Buffer.from(JSON.stringify(change(members)));
  });
}

/** The log is `by` entries longer than it is, or shorter. */
export function forgeHead(response: Response, by: number): Response {
  const headers = new Headers(response.headers);
  headers.set(headHeader, String(Number(headers.get(headHeader)) + by));
  return new Response(response.body, { status: response.status, headers });
}

export function forgeProblem(code: ProblemCode): Response {
  const status = statusByProblemCode[code];
  return new Response(
    JSON.stringify({
      type: `urn:dataans:problem:${code}`,
      title: code,
      status,
      code,
      detail: 'It cannot be.',
    }),
    { status, headers: { [serverHeader]: '1', 'content-type': problemMediaType } },
  );
}

export function forgeAnswer(members: object): Response {
  return new Response(JSON.stringify(members), {
    headers: { [serverHeader]: '1', 'content-type': 'application/json' },
  });
}

/** The frame with one byte of its envelope turned over; places count from the end where they are negative. */
export function alter(frame: Frame, place: number): Frame {
  const body = Buffer.from(frame.body);
  const at = place < 0 ? body.length + place : place;
  body.writeUInt8(body.readUInt8(at) ^ 0xff, at);
  return { ...frame, body };
}
