import type { Entities, Entity } from '../store/entities.ts';

/** What an export reads: what lives now, or what lived at a time. */
export interface ExportedEntities extends Pick<
  Entities,
  'read' | 'spaces' | 'files' | 'inOneMoment' | 'count'
> {
  /** In any order. */
  notes(): Iterable<Entity<'note'>>;
}
