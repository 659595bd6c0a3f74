export { answerApp } from './answer-app.ts';
export { readBuiltApp, readWebApp } from './read-web-app.ts';
export type { WebApp } from './web-app.ts';
