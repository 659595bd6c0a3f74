/**
 * Every limit of the formats and the protocol, in one place. Sizes in bytes.
 * The server announces those that bind its callers with `GET /v1/log`.
 */

const KiB = 1024;
const MiB = 1024 * KiB;

/** Most operations in one batch or page. */
export const batchOperationsMax = 1_000;

/** Most bytes of frames in one batch or page: nginx refuses larger bodies unless told otherwise. */
export const batchBytesMax = 1 * MiB;

/** The first field of a frame: how long it is without this field. */
export const frameLengthBytes = 4;

/** `length (4) | kind (1) | id (16)` before the body of a frame. */
export const frameHeaderBytes = 21;

/** Largest sealed operation: alone in a batch it still fits. */
export const envelopeBytesMax = batchBytesMax - frameHeaderBytes;

/** `version (1) | data key id (4) | nonce (12)` and the tag (16) around the sealed bytes. */
export const sealedOverheadBytes = 1 + 4 + 12 + 16;

/** Smallest envelope that can be one: an empty object, its length, and the seal. */
export const envelopeBytesMin = sealedOverheadBytes + 4 + 2;

/**
 * Largest operation as JSON. Padmé adds less than 16 KiB at this size, so that with the length field and
 * the seal it still fits the envelope. // LIM-1
 */
export const operationBytesMax = 1_000_000;

/** A file is cut into pieces of this size; sealed they stay under 1 MiB. */
export const pieceBytesMax = 1_000_000;

export const chunkBytesMax = pieceBytesMax + sealedOverheadBytes;

/** Most chunks of one file: their packed names take 43 bytes each and must fit one operation. // LIM-2 */
export const fileChunksMax = 20_000;

export const fileBytesMax = fileChunksMax * pieceBytesMax;

/** Longest name of a space, a note, a file or a device, in UTF-8: common file systems allow 255. // LIM-3 */
export const nameBytesMax = 1_024;

/** Most heads that one operation can name as parents. // LIM-3 */
export const parentsMax = 1_000;

/** Most files of one note. // LIM-3 */
export const noteFilesMax = 10_000;

/** Longest colour or icon, in UTF-8: a word, a code, or an emoji of many parts. // LIM-5 */
export const signBytesMax = 64;

/** Longest order of a space, in UTF-8: room for a thousand insertions at one place before orders are dealt anew. // LIM-5 */
export const orderBytesMax = 256;

/** Furthest date of a note from 1970, in milliseconds: what an ECMAScript `Date` can hold. // LIM-5 */
export const noteDateMaxMs = 8.64e15;

/** Longest media type: 127 characters on either side of the slash (RFC 6838). // LIM-5 */
export const mediaTypeBytesMax = 255;

/** Most pixels of one side of a picture: no common format has more than 2³¹ − 1. // LIM-5 */
export const pixelsMax = 2 ** 31 - 1;

/** Largest preview: a few hundred bytes are a usual one, and beside 20,000 chunk names it must fit an operation. // LIM-5 */
export const previewBytesMax = 1_024;

/** Most devices that a witness names: their numbers take 60 kB. // LIM-5 */
export const witnessDevicesMax = 1_000;

/** Longest name of a program in a witness, in UTF-8. // LIM-5 */
export const programBytesMax = 64;

/**
 * How deep arrays and objects lie in one another in an operation: deeper ones would overflow the stack of
 * a program that compares or writes them. // LIM-6
 */
export const operationDepthMax = 32;

/** Largest account record: a keyring of three hundred data keys. // LIM-4 */
export const accountBytesMax = 64 * KiB;

/** Most ids or chunk names in one `missing` question. */
export const missingNamesMax = 1_000;

/** Most chunks in one page of the list of chunks. // SRV-90 */
export const listedChunksMax = 1_000;

/** Largest body of a JSON request: a full `missing` question with room to spare. */
export const jsonBodyBytesMax = 128 * KiB;

/** The least a client accepts, whatever the server says. // KEY-2 */
export const kdfIterations = 1_200_000;

/** More than this would only be a way to hang a device. */
export const kdfIterationsMax = 20_000_000;

/** A stamp further ahead of the clock than this never moves ours. */
export const clockDriftMaxMs = 5 * 60 * 1_000;

/**
 * A device whose last reading is further ahead of its clock than this starts anew. Twice the drift: stamps of
 * others may have moved it by as much as that, and a clock that is corrected by seconds is no clock that was wrong.
 */
export const clockLeftAheadMs = 2 * clockDriftMaxMs;

/** A counter of the hybrid clock beyond this carries into the milliseconds. */
export const clockCounterMax = 0xffff;

/**
 * Most inserted and deleted lines that a merge tells apart; more are one change. The search takes their
 * square in time and memory.
 */
export const editedLinesMax = 3_000;

/**
 * How deep bases of bases are merged: devices that edit one note at the same time again and again make
 * one level each time.
 */
export const mergeDepthMax = 4;

/** Most revisions that merge into one base: to find what they share takes their number times that of all revisions. */
export const mergeBasesMax = 64;
