export { childEnvironment } from './child-environment.ts';
export { readCloudflaredAccess } from './cloudflared.ts';
export { setHeapFlags } from './heap-flags.ts';
export { homeExists } from './home-exists.ts';
export { makeFolder } from './make-folder.ts';
export { createNodePlatform, type HomeOptions } from './node-platform.ts';
export { isProcessAlive } from './process-alive.ts';
export { readHomeProfile } from './profile.ts';
export { openContent } from './read-content.ts';
