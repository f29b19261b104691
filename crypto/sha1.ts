/** SHA-1, 20 bytes, where a format of others asks for it (FHIR's `Attachment.hash`). Says nothing of who made the bytes: nothing of ours may rely on it. */
export async function sha1(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-1', bytes))
}
