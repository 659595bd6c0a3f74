/** As far as TypeScript doesn't know it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string };
}

/**
 * The page's policy lets no text become the address of a script, but for those of our own build, which this lets through.
 * A browser that knows no such policies takes the address as it is.
 */
export const trustedAddress: (address: string) => string = (() => {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return (address) => address;
  const policy = trustedTypes.createPolicy('dataans', {
    createScriptURL: (address) => {
      const url = new URL(address, location.href);
      if (url.origin !== location.origin || !url.pathname.startsWith('/app/')) throw new TypeError(address);
      return address;
    },
  });
  return (address) => policy.createScriptURL(address);
})();
