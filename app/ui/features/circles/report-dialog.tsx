import { createSignal } from 'solid-js'
import type { CircleSaid } from '#app/core/circle-session.ts'
import { MAX_WHY_CHARS } from '#schema/messages/circle.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useSession } from '../../session.ts'
import { circleFailureWords } from './circle-words.ts'

/** Tells the owner and the moderators what is wrong with something. */
export function ReportDialog(props: {
  readonly said: CircleSaid
  readonly open: boolean
  readonly onClose: () => void
}) {
  const session = useSession()
  const [why, setWhy] = createSignal('')
  const [error, setError] = createSignal<string>()
  const send = async () => {
    const done = await session.report(props.said.id, why())
    if (!done.ok) return setError(circleFailureWords(done.failure))
    showToast({ message: t('circle.reported') })
    setWhy('')
    props.onClose()
  }
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title={t('circle.report.title')}
      actions={
        <Button tone="primary" onClick={() => void send()}>
          {t('circle.report.send')}
        </Button>
      }
    >
      <p>{t('circle.report.about')}</p>
      <TextField
        label={t('circle.report.why')}
        value={why()}
        error={error()}
        onInput={setWhy}
        multiline
        maxLength={MAX_WHY_CHARS}
      />
    </Dialog>
  )
}
