/**
 * Where the bytes of blobs lie when the relay's own store holds only their size and place. A place is a random name that one put alone
 * uses, so that taking away an old object never hits a new one (decision 0063). Throws, without place and key, where it can't be reached
 * or refuses.
 */
export interface BlobStore {
  /** Durable when it answers. */
  put(place: string, bytes: Uint8Array): Promise<void>
  /** Undefined when nothing lies there. */
  get(place: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Again is fine. */
  remove(place: string): Promise<void>
}

/** Thrown where it can't be reached, refuses or is not set: of what lies there nothing is known. */
export class BlobsAway extends Error {}
