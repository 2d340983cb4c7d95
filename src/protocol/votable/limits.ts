/** Bytes one row may take; a longer one is taken for an attack or a defect. */
export const MAX_ROW_BYTES = 128 * 1024 * 1024;

/** Bytes of one tag, comment or processing instruction. */
export const MAX_TAG_BYTES = 8 * 1024 * 1024;

/** Attributes of one element. */
export const MAX_ATTRIBUTES = 1000;

/** Bytes of all that is not rows: the head, the tail and what is between tables. */
export const MAX_MARKUP_BYTES = 16 * 1024 * 1024;

/** `&` that a service forgot to escape, which are read as text. */
export const MAX_LOOSE_MARKUP = 10_000;

/** Tables of one document. */
export const MAX_TABLES = 10_000;

/** INFO elements of one document. */
export const MAX_INFOS = 10_000;

/** Columns of one table. */
export const MAX_FIELDS = 20_000;

/** Levels of nesting above a row. */
export const MAX_DEPTH = 64;

/**
 * The longest array that gets a fixed place in every row. Longer ones are stored as
 * variable lists, so that a null of `arraysize="1000000"` takes no room.
 */
export const MAX_FIXED_LENGTH = 64;
