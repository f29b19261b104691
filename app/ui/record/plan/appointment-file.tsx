import CalendarPlus from 'lucide-solid/icons/calendar-plus'
import { createSignal, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { downloadBlob } from '../../parts/download.ts'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { useRecordView, useSession, useVault } from '../../session.ts'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../fresh-unlock-dialog.tsx'
import { outWords } from '../out-words.ts'

/** One appointment as a file for a calendar; of one's own record alone. */
export function AppointmentFile(props: { readonly entry: EntrySummary }) {
  const session = useSession()
  const vault = useVault()
  const { shared, kept } = useRecordView()
  const [isAsking, setIsAsking] = createSignal(false)
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  const make = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const { id, section, when } = props.entry
    const made = await session.takeOut({
      sections: [section],
      withPrivate: true,
      file: { kind: 'calendar', words: outWords(), only: [id] },
      passphrase,
    })
    if (made.ok) downloadBlob(made.value, `wellkeep-${when?.text.slice(0, 10) ?? 'calendar'}.ics`)
    if (made.ok) return undefined
    const failure = made.failure.kind
    if (failure === 'wrong-passphrase') return failure
    return { words: t(failure === 'locked' ? 'save.locked' : 'appointment.file.none') }
  }
  return (
    <Show when={shared === undefined && kept === undefined}>
      <div>
        <Button icon={<CalendarPlus />} onClick={() => (isSample() ? void make('') : setIsAsking(true))}>
          {t('appointment.file')}
          <VisuallyHidden>: {props.entry.title}</VisuallyHidden>
        </Button>
      </div>
      <FreshUnlockDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('appointment.file')}
        act={t('act.save')}
        onUnlock={make}
      >
        {t('fresh.export.text')}
      </FreshUnlockDialog>
    </Show>
  )
}
