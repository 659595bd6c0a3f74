/** What a list of spaces says of each is as quick with very many notes as with few. */
export const countedNotes = `
  -- Living notes of each space, kept by the triggers below whoever writes.
  CREATE TABLE space_notes (
    space INTEGER PRIMARY KEY,
    notes INTEGER NOT NULL
  );
  INSERT INTO space_notes
    SELECT space, count(*) FROM entities
      WHERE kind = 2 AND deleted = 0 AND edited_at IS NOT NULL AND space IS NOT NULL GROUP BY space;
  CREATE TRIGGER note_comes AFTER INSERT ON entities
    WHEN new.kind = 2 AND new.deleted = 0 AND new.edited_at IS NOT NULL AND new.space IS NOT NULL
  BEGIN
    INSERT INTO space_notes VALUES (new.space, 1) ON CONFLICT DO UPDATE SET notes = notes + 1;
  END;
  CREATE TRIGGER note_goes AFTER UPDATE OF deleted, edited_at, space ON entities
    WHEN old.kind = 2 AND old.deleted = 0 AND old.edited_at IS NOT NULL AND old.space IS NOT NULL
      AND (new.deleted <> 0 OR new.edited_at IS NULL OR new.space IS NOT old.space)
  BEGIN
    UPDATE space_notes SET notes = notes - 1 WHERE space = old.space;
  END;
  CREATE TRIGGER note_comes_back AFTER UPDATE OF deleted, edited_at, space ON entities
    WHEN new.kind = 2 AND new.deleted = 0 AND new.edited_at IS NOT NULL AND new.space IS NOT NULL
      AND (old.deleted <> 0 OR old.edited_at IS NULL OR new.space IS NOT old.space)
  BEGIN
    INSERT INTO space_notes VALUES (new.space, 1) ON CONFLICT DO UPDATE SET notes = notes + 1;
  END;
  -- Of a space, in the order in which they came here.
  CREATE INDEX arrived_notes ON entities (space) WHERE kind = 2 AND deleted = 0 AND edited_at IS NOT NULL;
  CREATE INDEX spaces ON entities (entity) WHERE kind = 1;
`;
