/** A row as SQLite and PostgreSQL give it. */
export type Row = Readonly<Record<string, unknown>>

/** A column that must be a whole number: anything else is a damaged store. */
export function int(row: Row | undefined, column: string): number {
  const value = row?.[column]
  if (typeof value !== 'number') throw new TypeError(`Cannot read column ${column}: it is not a number`)
  return value
}

export function text(row: Row | undefined, column: string): string {
  const value = row?.[column]
  if (typeof value !== 'string') throw new TypeError(`Cannot read column ${column}: it is not text`)
  return value
}

export function blob(row: Row | undefined, column: string): Uint8Array<ArrayBuffer> {
  const value = row?.[column]
  if (!(value instanceof Uint8Array)) throw new TypeError(`Cannot read column ${column}: it is not bytes`)
  return isWhole(value) ? value : new Uint8Array(value)
}

/** Not a part of something larger, which it would keep in memory, nor a Buffer, whose slices are no copies. */
function isWhole(value: Uint8Array): value is Uint8Array<ArrayBuffer> {
  const { buffer } = value
  return buffer instanceof ArrayBuffer && buffer.byteLength === value.byteLength && !Buffer.isBuffer(value)
}
