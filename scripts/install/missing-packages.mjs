/**
 * @typedef {{ name?: string, version?: string, resolved?: string, link?: boolean, dev?: boolean, optional?: boolean,
 *   devOptional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 */

/**
 * Names the folders under `node_modules` that are absent or have another version than the lock says.
 *
 * @param {Lock} wanted `package-lock.json`
 * @param {Lock} installed `node_modules/.package-lock.json`, which npm writes when an installation is complete
 * @param {{ withDevelopment: boolean, needed: readonly string[] }} options whether development dependencies have to be
 *   there, and which optional ones have to, if the lock names them
 * @returns {string[]}
 */
export function missingPackages(wanted, installed, { withDevelopment, needed }) {
  return Object.entries(wanted.packages ?? {})
    .filter(([folder]) => folder.startsWith('node_modules/'))
    .filter(([folder, locked]) => {
      const found = installed.packages?.[folder];
      return found === undefined
        ? needed.includes(folder) || isRequired(locked, withDevelopment)
        : !isSame(locked, found);
    })
    .map(([folder]) => folder);
}

/** @param {LockedPackage} locked @param {boolean} withDevelopment */
function isRequired(locked, withDevelopment) {
  if (locked.optional === true || locked.devOptional === true) return false;
  return withDevelopment || locked.dev !== true;
}

/** @param {LockedPackage} locked @param {LockedPackage} found */
function isSame(locked, found) {
  if (locked.link === true) return found.resolved === locked.resolved;
  return found.name === locked.name && found.version === locked.version;
}
