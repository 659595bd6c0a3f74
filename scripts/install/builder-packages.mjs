/** Parts of the app's builder that are programs of one kind of machine; npm takes them for optional. */
const nativeParts = /^node_modules\/(?:@rolldown\/binding|lightningcss)-/;

/**
 * The folders of those that this machine needs to build the app.
 *
 * @param {import('./missing-packages.mjs').Lock} lock
 * @param {{ platform: string, architecture: string, libc: 'glibc' | 'musl' }} machine
 * @returns {string[]}
 */
export function builderPackages(lock, { platform, architecture, libc }) {
  return Object.entries(lock.packages ?? {})
    .filter(([folder]) => nativeParts.test(folder))
    .filter(
      ([, { os, cpu, libc: libcs }]) =>
        os?.includes(platform) === true &&
        cpu?.includes(architecture) === true &&
        (libcs === undefined || libcs.includes(libc)),
    )
    .map(([folder]) => folder);
}
