/** The forms of a counted thing, by the names that `Intl.PluralRules` has for them. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** "1 note", "1,204 notes": the number as the language writes it, with the form that goes with it. */
export type Count = (number: number, forms: PluralForms) => string;

export function createCount(language: string): Count {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (number, forms) => `${numbers.format(number)} ${forms[rules.select(number)] ?? forms.other}`;
}
