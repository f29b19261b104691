import { statfs } from 'node:fs/promises'

/** What whoever runs this may still write where the folder lies. */
export async function freeDiskBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
