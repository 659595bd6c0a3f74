import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLineFormat, createLogger, type LogFormat, type LogLevel } from './create-logger.ts';

const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6) };

function linesAt(least: LogLevel, format: LogFormat = 'json'): readonly string[] {
  const lines: string[] = [];
  const output = { write: (line: string) => void lines.push(line) };
  const logger = createLogger(output, createLineFormat(format, clock), least);
  logger.debug({ route: '/health' }, 'request');
  logger.info({}, 'started');
  logger.warn({ reason: 'missing' }, 'refused');
  logger.error({ err: { type: 'Error' } }, 'failed');
  return lines;
}

test('[SRV-42] a level leaves out what is below it, and silent everything', () => {
  assert.deepEqual(
    (['debug', 'info', 'warn', 'error', 'silent'] as const).map((level) => linesAt(level).length),
    [4, 3, 2, 1, 0],
  );
});

test('a line is one JSON object with its level, time and message', () => {
  assert.equal(
    linesAt('warn')[0],
    '{"level":"warn","time":"2026-01-02T03:04:05.006Z","reason":"missing","msg":"refused"}',
  );
});

test('a line for people begins with time, level and message', () => {
  assert.deepEqual(linesAt('warn', 'text'), [
    '2026-01-02T03:04:05.006Z warn  refused reason="missing"',
    '2026-01-02T03:04:05.006Z error failed err={"type":"Error"}',
  ]);
});
