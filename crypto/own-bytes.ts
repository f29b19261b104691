/** The same bytes, typed as ours: libsodium hands out plain buffers but types them as perhaps shared ones. Copies nothing. */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  if (!(buffer instanceof ArrayBuffer)) throw new TypeError('Cannot own bytes: they lie in shared memory')
  return new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength)
}
