import type { BlobStore } from '../store/blob-store.ts'
import { fetchBlob } from '../store/blobs.ts'
import type { Database } from '../store/database.ts'
import { int, text } from '../store/row.ts'

/** Into a copy of a store, the bytes of every blob that lies elsewhere, so that the copy is whole by itself. Throws where one is not to be had. */
export async function bringBlobs(
  db: Database,
  blobs: BlobStore | undefined,
  told: (line: string) => void,
): Promise<void> {
  const rows = db.all('SELECT no, id, place FROM blobs WHERE place IS NOT NULL')
  for (const [at, row] of rows.entries()) {
    told(`blobs, ${at} of ${rows.length}`)
    const bytes = await fetchBlob(blobs, text(row, 'place'), text(row, 'id'))
    db.run('UPDATE blobs SET bytes = ?, size = NULL, place = NULL WHERE no = ?', bytes, int(row, 'no'))
  }
  db.run('DELETE FROM stray_blobs')
}
