import { createSignal, For, Show } from 'solid-js'
import type { Guardian, Guardians } from '#app/core/kept-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { formatDay, formatDaysAgo } from '../language/format.ts'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { ConfirmDialog } from '../parts/dialog.tsx'
import { createWatch, useRecordView, useSession, useVault } from '../session.ts'
import { FailureNotice } from './failure-notice.tsx'
import styles from './guardian-list.module.css'
import { actsInWhole, wholeWords } from './guardian-words.ts'
import { isPracticeIn } from './is-practice.ts'
import { givenUntilWords } from './share-words.ts'

/** Who acts in the record that `useSession()` asks, and a way to remove each of the others, unless this person is out of it. */
export function GuardianList(props: {
  readonly isOut?: boolean
  /** Only who stands among the contacts under this id. */
  readonly contactId?: string
}) {
  const session = useSession()
  const isKept = useRecordView().kept !== undefined
  const vault = useVault()
  const isPractice = () => isPracticeIn(vault())
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  const shown = () => {
    const all = guardians()?.guardians ?? []
    return props.contactId === undefined ? all : [actsInWhole(all, props.contactId)].filter(one => one !== undefined)
  }
  const [removing, setRemoving] = createSignal<Guardian>()
  const [failure, setFailure] = createSignal<SaveFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const mayRemove = ({ isThisOne, state }: Guardian) =>
    props.isOut !== true && !isThisOne && state !== 'removing' && state !== 'preparing'
  const remove = async () => {
    const guardian = removing()
    if (guardian === undefined) return
    setIsWorking(true)
    setFailure()
    const removed = await session.removeDevice(guardian.deviceId)
    setIsWorking(false)
    if (removed.ok) setRemoving()
    else setFailure(removed.failure)
  }
  return (
    <>
      <ul class={styles.list}>
        <For each={shown()}>
          {guardian => (
            <li class={styles.line}>
              <span class={styles.words}>
                <strong>
                  <bdi>{guardian.name}</bdi>
                </strong>
                <span class={styles.soft}>{aboutOf(guardian, isKept, isPractice())}</span>
              </span>
              <Show when={mayRemove(guardian)}>
                <Button
                  tone="plain"
                  aria-label={t('guardian.removeOf', { name: guardian.name })}
                  onClick={() => setRemoving(guardian)}
                >
                  {t('act.remove')}
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <ConfirmDialog
        open={removing() !== undefined}
        onClose={() => setRemoving()}
        title={t('guardian.remove.title', { name: removing()?.name ?? '' })}
        act={t('act.remove')}
        danger
        busy={isWorking()}
        onConfirm={() => void remove()}
      >
        <p>{t(isPractice() ? 'staff.remove.text' : 'guardian.remove.text', { name: removing()?.name ?? '' })}</p>
        <FailureNotice failure={failure()} />
      </ConfirmDialog>
    </>
  )
}

function aboutOf(guardian: Guardian, isKept: boolean, isPractice: boolean): string {
  const isManager = !isKept && guardian.state === 'active'
  const inKept = isPractice && guardian.state === 'active' ? t('staff.title') : t(`guardian.state.${guardian.state}`)
  const state = isManager ? wholeWords(guardian, isKept) : inKept
  const parts = [guardian.isThisOne ? t('guardian.you') : state]
  if (guardian.purpose === 'hand-over') parts.push(t('guardian.takesOver'))
  if (guardian.until !== undefined && !isManager) parts.push(givenUntilWords(guardian.until))
  parts.push(t('devices.added', { date: formatDay(guardian.addedAt) }))
  if (!guardian.isThisOne && guardian.lastSeenAt !== undefined) {
    parts.push(t('devices.seen', { when: formatDaysAgo(guardian.lastSeenAt, instant(Date.now())) }))
  }
  return parts.join(' · ')
}
