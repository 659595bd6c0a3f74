/** Of every folder that the server makes. // SRV-18 */
export const folderMode = 0o700;
