import type { BackupReport, BackupSession } from '#app/core/backup-session.ts'
import { openAge } from '#crypto/age.ts'
import type { TestDevice } from './test-device.ts'

export const README_WORDS = 'Open this with age.'

/** A device's backup, and what it said of it. */
export async function backUp(session: BackupSession): Promise<{ readonly file: Blob; readonly report: BackupReport }> {
  const made = await session.makeBackup({ readme: README_WORDS })
  if (!made.ok) throw new Error(made.failure.kind)
  return made.value
}

export const restore = (device: TestDevice, file: Blob, key: string) =>
  device.session.restoreBackup({ file, key, passphrase: 'tablet words', deviceName: 'tablet' })

/** The archive inside. */
export async function archiveIn(file: Blob, code: string): Promise<Uint8Array<ArrayBuffer>> {
  const opened = await openAge(file, code)
  if (!opened.ok) throw new Error(opened.failure)
  return new Uint8Array(await new Response(opened.value as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
}
