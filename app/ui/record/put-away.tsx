import { createSignal } from 'solid-js'
import type { GuardianFailure } from '#app/core/kept-session.ts'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { useOwnSession } from '../session.ts'
import { GuardianFailed } from './guardian-failed.tsx'

/** Takes a kept record that is over, or never came, off this person's list. */
export function PutAway(props: {
  readonly keptId: string
  readonly name: string
  readonly plain?: boolean
  readonly onDone?: () => void
}) {
  const session = useOwnSession()
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const putAway = async () => {
    const done = await session.leaveKept(props.keptId)
    if (done.ok) props.onDone?.()
    else setFailure(done.failure)
  }
  return (
    <div>
      <Button
        {...(props.plain === true ? { tone: 'plain' as const } : {})}
        aria-label={t('kept.putAwayOf', { name: props.name })}
        onClick={() => void putAway()}
      >
        {t('kept.putAway')}
      </Button>
      <GuardianFailed failure={failure()} />
    </div>
  )
}
