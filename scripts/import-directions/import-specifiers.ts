/** What a module imports: static, type-only, re-exporting and dynamic imports, each once, in order. */
export function importSpecifiers(source: string): readonly string[] {
  const patterns = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(?<specifier>[^'"]+)\1/gm,
    /^\s*import\s*(['"])(?<specifier>[^'"]+)\1/gm,
    /\bimport\s*\(\s*(['"`])(?<specifier>[^'"`]+)\1/g,
  ];
  const found = patterns.flatMap((pattern) => [...source.matchAll(pattern)]);
  const inOrder = found.toSorted((a, b) => a.index - b.index);
  return [...new Set(inOrder.flatMap((match) => match.groups?.['specifier'] ?? []))];
}
