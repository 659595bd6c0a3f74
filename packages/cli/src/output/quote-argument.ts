const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** For a command line that a person copies. */
export function quoteArgument(text: string): string {
  if (/^[\w./:-]+$/.test(text)) return text;
  if (!unprintable.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  // What bash, zsh and ksh read back as it was, and what stays on its line.
  return `$'${Array.from(text, escapeSymbol).join('')}'`;
}

function escapeSymbol(symbol: string): string {
  if (symbol === "'" || symbol === '\\') return `\\${symbol}`;
  if (!unprintable.test(symbol)) return symbol;
  return `\\U${(symbol.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
}
