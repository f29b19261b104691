import { openAsBlob } from 'node:fs'

/** A file on disk, read only where and when it is looked at; undefined where it can't be opened. */
export async function openFile(path: string): Promise<Blob | undefined> {
  try {
    return await openAsBlob(path)
  } catch {
    return undefined
  }
}
