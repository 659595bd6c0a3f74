import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteTitle } from './note-title.ts';

test('a note is known by its name, else by its first line that says something', () => {
  const title = (text: string, name = '') => noteTitle({ name, text });
  assert.equal(title('# Text', 'soup.md'), 'soup.md');
  assert.equal(title('\n \n## Tomato soup \r\nwater'), 'Tomato soup');
  assert.equal(title('((0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d))\nand beans'), 'and beans');
  assert.equal(title('- [ ] Copper tape\n- [x] Slugs'), 'Copper tape');
  assert.equal(title('> * said twice'), 'said twice');
  assert.equal(
    title('**Never** `rm -rf` the [old disk](file:///mnt) ~~today~~'),
    'Never rm -rf the old disk today',
  );
  assert.equal(title('2 ** 3 ** 4, a*b*c, [x] and `'), '2 ** 3 ** 4, a*b*c, [x] and `');
  assert.equal(title('![](photo.png)'), '![](photo.png)');
  assert.equal(title('-5 °C at night, *cold*'), '-5 °C at night, *cold*');
  assert.equal(title(''), '');
  assert.equal(title('🍅'.repeat(81)), `${'🍅'.repeat(80)}…`);
});
