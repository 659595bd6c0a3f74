export type { Home } from '../../home/home.ts';
export type { NoteRow } from '../../store/windows/note-row.ts';
export type { Stop } from '../../live/live-query.ts';
export { openWebHome, type WebHome, type WebHomeOptions } from './open-web-home.ts';
export type { Leader, Tab } from './tab.ts';
