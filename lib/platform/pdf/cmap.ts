const UNICODE_PLATFORM = 0;
const WINDOWS_PLATFORM = 3;

/** The code points a TrueType font has a glyph for: OpenType `cmap`, formats 4 and 12, Unicode subtables only. */
export function coveredCodePoints(font: Buffer): Set<number> {
  const covered = new Set<number>();
  const cmap = tableOffset(font, "cmap");
  const subtableCount = font.readUInt16BE(cmap + 2);
  for (let index = 0; index < subtableCount; index += 1) {
    const record = cmap + 4 + index * 8;
    const platform = font.readUInt16BE(record);
    if (platform !== UNICODE_PLATFORM && platform !== WINDOWS_PLATFORM) continue;
    const subtable = cmap + font.readUInt32BE(record + 4);
    const format = font.readUInt16BE(subtable);
    if (format === 4) addSegments(font, subtable, covered);
    if (format === 12) addGroups(font, subtable, covered);
  }
  if (covered.size === 0) throw new Error("the font has no Unicode cmap of format 4 or 12");
  return covered;
}

function tableOffset(font: Buffer, tag: string): number {
  const tableCount = font.readUInt16BE(4);
  for (let index = 0; index < tableCount; index += 1) {
    const record = 12 + index * 16;
    if (font.toString("latin1", record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no ${tag} table`);
}

/** Format 4: parallel arrays of segment ends, starts, deltas and offsets into a glyph array that follows the offsets. */
function addSegments(font: Buffer, subtable: number, covered: Set<number>): void {
  const bytes = font.readUInt16BE(subtable + 6);
  const ends = subtable + 14;
  const starts = ends + bytes + 2;
  const deltas = starts + bytes;
  const offsets = deltas + bytes;
  for (let at = 0; at < bytes; at += 2) {
    const start = font.readUInt16BE(starts + at);
    const end = font.readUInt16BE(ends + at);
    const delta = font.readUInt16BE(deltas + at);
    const offset = font.readUInt16BE(offsets + at);
    for (let codePoint = start; codePoint <= end && codePoint < 0xffff; codePoint += 1) {
      const stored = offset === 0 ? codePoint : font.readUInt16BE(offsets + at + offset + 2 * (codePoint - start));
      const glyph = offset !== 0 && stored === 0 ? 0 : (stored + delta) & 0xffff;
      if (glyph !== 0) covered.add(codePoint);
    }
  }
}

/** Format 12: groups of first code point, last code point and first glyph. */
function addGroups(font: Buffer, subtable: number, covered: Set<number>): void {
  const groupCount = font.readUInt32BE(subtable + 12);
  for (let index = 0; index < groupCount; index += 1) {
    const group = subtable + 16 + index * 12;
    const first = font.readUInt32BE(group);
    const last = font.readUInt32BE(group + 4);
    const firstGlyph = font.readUInt32BE(group + 8);
    for (let codePoint = first; codePoint <= last; codePoint += 1) {
      if (firstGlyph + (codePoint - first) !== 0) covered.add(codePoint);
    }
  }
}
