import CalendarPlus from 'lucide-solid/icons/calendar-plus'
import { createSignal, type JSX } from 'solid-js'
import type { TakeOutFailure } from '#app/core/take-out-session.ts'
import type { Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { downloadBlob } from '../../parts/download.ts'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { useVault } from '../../session.ts'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../fresh-unlock-dialog.tsx'

/** Something that takes place, as a file for a calendar. */
export function CalendarFile(props: {
  readonly title: string
  /** FHIR date or dateTime; names the file. */
  readonly when: string | undefined
  readonly make: (passphrase: string) => Promise<Result<Blob, TakeOutFailure>>
  readonly children?: JSX.Element
}) {
  const vault = useVault()
  const [isAsking, setIsAsking] = createSignal(false)
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  const make = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const made = await props.make(passphrase)
    if (made.ok) downloadBlob(made.value, `wellkeep-${props.when?.slice(0, 10) ?? 'calendar'}.ics`)
    if (made.ok) return undefined
    const failure = made.failure.kind
    if (failure === 'wrong-passphrase') return failure
    return { words: t(failure === 'locked' ? 'save.locked' : 'appointment.file.none') }
  }
  return (
    <>
      <div>
        <Button icon={<CalendarPlus />} onClick={() => (isSample() ? void make('') : setIsAsking(true))}>
          {t('appointment.file')}
          <VisuallyHidden>: {props.title}</VisuallyHidden>
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
        {props.children}
      </FreshUnlockDialog>
    </>
  )
}
