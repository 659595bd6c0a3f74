import { createServer, type ServerResponse } from 'node:http';

/**
 * A process of its own that does nothing but move bytes: it reads a body and answers with its
 * length, or sends as many zeros as the path says.
 */
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    sendZeros(Number(request.url?.slice(1)), response);
    return;
  }
  let received = 0;
  request.on('data', (piece: Buffer) => {
    received += piece.length;
  });
  request.on('end', () => response.end(String(received)));
});

const zeros = Buffer.alloc(64 * 1024);

function sendZeros(bytes: number, response: ServerResponse): void {
  response.setHeader('content-length', bytes);
  let left = bytes;
  const send = (): void => {
    while (left > 0) {
      const piece = left < zeros.length ? zeros.subarray(0, left) : zeros;
      left -= piece.length;
      if (!response.write(piece)) {
        response.once('drain', send);
        return;
      }
    }
    response.end();
  };
  send();
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('No port.');
  console.log(`http://127.0.0.1:${address.port}`);
});
