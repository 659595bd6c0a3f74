import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { quoteArgument } from './quote-argument.ts';

test('[CLI-7] a copied argument stays on one line, controls nothing, and is read back as it was', () => {
  for (const text of ['plain', "it's $(date) `x`", 'a\n\\b\u001b]0;t\u0007 \u202e\u{e0041}é', '']) {
    const quoted = quoteArgument(text);
    assert.doesNotMatch(quoted, /[\p{Cc}\p{Cf}]/u);
    const read = execFileSync('bash', ['-c', `printf %s ${quoted}`], {
      encoding: 'utf8',
      env: { LC_ALL: 'C.UTF-8' },
    });
    assert.equal(read, text);
  }
});
