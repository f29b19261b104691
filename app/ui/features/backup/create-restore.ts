import { createSignal } from 'solid-js'
import type { BackupKeyCheck, BackupReport, RestoreFailure } from '#app/core/backup-session.ts'
import type { Session } from '#app/core/session.ts'
import { guessDeviceName } from '../../device-name.ts'
import { t } from '../../language/language.ts'
import { isTooShort } from '../../parts/passphrase-strength.ts'
import { showToast } from '../../parts/toast.tsx'

/** First the file is read to its end and shown, then it is brought back. */
export function createRestore(session: Session) {
  const [file, setFile] = createSignal<File>()
  const [key, setKey] = createSignal('')
  const [passphrase, setPassphrase] = createSignal('')
  const [isTried, setIsTried] = createSignal({ look: false, restore: false })
  const [check, setCheck] = createSignal<BackupKeyCheck | undefined>(undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  })
  const [report, setReport] = createSignal<BackupReport>()
  const [failure, setFailure] = createSignal<RestoreFailure>()
  const [working, setWorking] = createSignal<'looking' | 'restoring'>()

  const changed = () => {
    setReport()
    setFailure()
  }
  const checkNow = async () => {
    const known = await session.checkBackupKey(key())
    setCheck(known)
    return known.kind === 'ok'
  }
  const failed = (known: RestoreFailure) => {
    setFailure(known)
    if (known.kind === 'key') setCheck(known.check)
  }

  async function look(): Promise<void> {
    const chosen = file()
    setIsTried({ look: true, restore: false })
    const isRight = await checkNow()
    if (!isRight || chosen === undefined || working() !== undefined) return
    changed()
    setWorking('looking')
    const read = await session.checkBackup({ file: chosen, key: key() })
    setWorking()
    if (read.ok) setReport(read.value)
    else failed(read.failure)
  }

  async function restore(): Promise<void> {
    const chosen = file()
    setIsTried({ look: true, restore: true })
    if (chosen === undefined || isTooShort(passphrase()) || working() !== undefined) return
    setFailure()
    setWorking('restoring')
    const request = { file: chosen, key: key(), passphrase: passphrase(), deviceName: guessDeviceName() }
    const restored = await session.restoreBackup(request)
    setWorking()
    // The record is open by now and these pages are gone; what the relay says of it stands in the status.
    if (restored.ok) showToast({ message: t('restore.done', { count: restored.value.entries }) })
    else failed(restored.failure)
  }

  return {
    file,
    choose: (chosen: File) => {
      setFile(chosen)
      changed()
    },
    fileError: () => (isTried().look && file() === undefined ? t('restore.file.needed') : undefined),
    key,
    typeKey: (text: string) => {
      setKey(text)
      setCheck()
      changed()
    },
    check,
    checkNow,
    passphrase,
    setPassphrase,
    passphraseError: () => (isTried().restore && isTooShort(passphrase()) ? t('pass.tooShort') : undefined),
    report,
    failure,
    working,
    submit: () => (report() === undefined ? look() : restore()),
  }
}
