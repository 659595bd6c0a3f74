import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { silentLogger } from '../logging/logger.ts';
import { afterTest } from '../testing/after-test.ts';
import { connectRaw, requestHead } from '../testing/raw-connection.ts';
import { createTestApp } from '../testing/test-app.ts';
import { connectionsPerAddressMax, limitConnections } from './connection-limits.ts';
import { listen } from './listen.ts';
import { serveApp } from './serve-app.ts';

test('[SRV-46] one address gets no more than its connections, and one more when another has ended', async (t) => {
  const address = await serve(t, () => false);
  const silent = await Promise.all(
    Array.from({ length: connectionsPerAddressMax - 1 }, () => connectRaw(t, address)),
  );
  const last = await connectRaw(t, address);
  last.write(requestHead(address, 'GET', '/health', {}));
  await last.readUntil(/^HTTP\/1\.1 200 /);
  assert.equal(await (await connectRaw(t, address)).readToEnd(), '');
  silent[0]?.socket.end();
  await silent[0]?.readToEnd();
  const next = await connectRaw(t, address);
  next.write(requestHead(address, 'GET', '/health', {}));
  await next.readUntil(/^HTTP\/1\.1 200 /);
});

test('[SRV-46] a proxy speaks for everybody and gets as many as there are', async (t) => {
  const address = await serve(t, () => true);
  await Promise.all(Array.from({ length: connectionsPerAddressMax }, () => connectRaw(t, address)));
  const next = await connectRaw(t, address);
  next.write(requestHead(address, 'GET', '/health', {}));
  await next.readUntil(/^HTTP\/1\.1 200 /);
});

async function serve(t: TestContext, isProxy: () => boolean): Promise<string> {
  const { server, port } = await listen({ host: '127.0.0.1', port: 0 });
  afterTest(t, () => {
    server.close();
    server.closeAllConnections();
  });
  limitConnections(server, isProxy);
  serveApp(server, createTestApp().app, silentLogger);
  return `http://127.0.0.1:${port}`;
}
