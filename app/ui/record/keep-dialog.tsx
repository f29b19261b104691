import { createSignal } from 'solid-js'
import type { NotedCopy } from '#app/core/patient-session.ts'
import type { Section } from '#schema/record/sections.ts'
import { t } from '../language/language.ts'
import { ConfirmDialog } from '../parts/dialog.tsx'
import { showToast } from '../parts/toast.tsx'
import { useRecordView } from '../session.ts'
import { createKeepReason, KeepReasonFields } from './keep-reason.tsx'
import { sectionNames } from './share-words.ts'

/** Before a file of somebody else's record is saved, or a page of it printed: who is told what, and why. */
export function KeepDialog(props: {
  readonly what: 'file' | 'print'
  readonly sections: readonly Section[]
  readonly open: boolean
  readonly onClose: () => void
  /** Before it is noted: false where there is nothing to save after all. */
  readonly onReady?: () => Promise<boolean>
  /** It is noted, and the window is gone. */
  readonly onNoted: () => void
}) {
  const { shared } = useRecordView()
  const form = createKeepReason()
  const [isWorking, setIsWorking] = createSignal(false)
  const name = () => shared?.sharedBy() ?? ''
  const isFile = () => props.what === 'file'
  const keep = async (): Promise<NotedCopy | undefined> => {
    if (shared === undefined || (await props.onReady?.()) === false) return undefined
    const { what, sections } = props
    const reason = form.reason()
    // What was typed before another reason was chosen is not on the screen any more.
    const note = reason === 'other' ? form.note() : ''
    const noted = await shared.noteKept({ what, sections, reason, note })
    if (noted.ok) return noted.value
    form.setFailure(noted.failure)
    return undefined
  }
  const confirm = async () => {
    setIsWorking(true)
    form.setFailure()
    const noted = await keep()
    setIsWorking(false)
    if (noted === undefined) return
    form.setNote('')
    props.onClose()
    showToast({ message: t(noted.isTold ? 'copy.told' : 'copy.toldLater', { name: name() }) })
    props.onNoted()
  }
  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      title={t(isFile() ? 'patients.copy' : 'summary.print')}
      act={t(isFile() ? 'copy.keep' : 'copy.print')}
      busy={isWorking()}
      onConfirm={() => void confirm()}
    >
      <p>
        {t(isFile() ? 'copy.file.text' : 'copy.print.text', { name: name(), sections: sectionNames(props.sections) })}
      </p>
      <KeepReasonFields form={form} brief />
    </ConfirmDialog>
  )
}
