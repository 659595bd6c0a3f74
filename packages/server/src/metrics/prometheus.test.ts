import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricsToText } from './prometheus.ts';

test('a metric is its help, its type and a line for each sample', () => {
  const requests = { name: 'requests', help: 'Answered.', type: 'counter' } as const;
  const samples = [{ labels: { route: '/', status: 200 }, value: 2 }, { value: 3 }];
  assert.equal(
    metricsToText([{ ...requests, samples }]),
    '# HELP requests Answered.\n# TYPE requests counter\nrequests{route="/",status="200"} 2\nrequests 3\n',
  );
});

test('no value of a label ends it or its line', () => {
  const samples = [{ labels: { route: 'a"b\\c\nd' }, value: 1 }];
  const text = metricsToText([{ name: 'requests', help: 'Answered.', type: 'counter', samples }]);
  assert.ok(text.endsWith('\nrequests{route="a\\"b\\\\c\\nd"} 1\n'));
});
