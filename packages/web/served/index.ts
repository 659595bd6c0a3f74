export { answerApp } from './answer-app.ts';
export { builtAppFolder } from './built-app-folder.ts';
export { readWebApp } from './read-web-app.ts';
export type { WebApp } from './web-app.ts';
