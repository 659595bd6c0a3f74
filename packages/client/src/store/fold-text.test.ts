import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldText } from './fold-text.ts';

test('[STO-6] folding leaves what people tell apart and drops what they leave out', () => {
  const foldedByText = {
    'Crème BRÛLÉE': 'creme brulee',
    'Straße ẞ': 'strasse ss',
    'Łódź Ørsted Þór Æsir œuvre': 'lodz orsted thor aesir oeuvre',
    'İstanbul ısı': 'istanbul isi',
    'ΟΔΥΣΣΕΥΣ άλφα': 'οδυσσευσ αλφα',
    'Ёж Київ мій': 'еж київ мій',
    שָׁלוֹם: 'שלום',
    مُحَمَّد: 'محمد',
    'ﬁle ＡＢＣ': 'file abc',
    हिन्दी: 'हिन्दी',
    がぎ: 'がぎ',
    한국어: '한국어',
    'we don’t, don‘t, donʼt, don´t, п’ять': "we don't, don't, don't, don't, п'ять",
    '“so” „so“ «so»': '"so" "so" "so"',
    'well‑known – 1−1': 'well-known - 1-1',
    'Donau\u{ad}dampf\u{ad}schiff copied\u{200b}word': 'donaudampfschiff copiedword',
    'می\u{200c}خواهم': 'ميخواهم'.replaceAll('ي', 'ی'),
    '\u{2764}\u{fe0f}': '\u{2764}',
  };
  for (const [text, folded] of Object.entries(foldedByText)) assert.equal(foldText(text), folded);
});

test('[STO-6] composed and decomposed spellings fold to the same, and folding twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const folded = foldText(text);
      assert.equal(foldText(text.normalize('NFD')), folded);
      assert.equal(foldText(text.normalize('NFC')), folded);
      assert.equal(foldText(folded), folded);
    }),
    { numRuns: 2_000 },
  );
});
