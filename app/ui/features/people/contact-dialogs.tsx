import { useNavigate } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { Session } from '#app/core/session.ts'
import type { Contact } from '#app/core/people-session.ts'
import type { GivenShare, ReceivedShare, ShareFailure } from '#app/core/share-session.ts'
import type { Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { saveFailureWords } from '../../record/words.ts'
import { useSession, useRecordPath } from '../../session.ts'
import { shareFailureWords } from '../../record/meet-failure-words.ts'
import { isGoing } from '../../record/share-words.ts'

interface ContactDialogProps {
  readonly contact: Contact
  readonly open: boolean
  readonly onClose: () => void
}

export function RenameContactDialog(props: ContactDialogProps) {
  const session = useSession()
  const [name, setName] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on(
      () => props.open,
      () => {
        setName(props.contact.name)
        setProblem()
      },
    ),
  )
  const rename = async () => {
    const renamed = name().trim() === '' ? undefined : await session.renameContact(props.contact.contactId, name())
    if (renamed?.ok) props.onClose()
    else setProblem(renamed === undefined ? t('field.needed') : saveFailureWords(renamed.failure))
  }
  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      title={t('contact.rename')}
      act={t('act.save')}
      onConfirm={() => void rename()}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          void rename()
        }}
      >
        <TextField
          label={t('contact.name')}
          hint={t('contact.name.hint')}
          value={name()}
          onInput={setName}
          maxLength={100}
          error={problem()}
        />
      </form>
    </ConfirmDialog>
  )
}

export function RemoveContactDialog(
  props: ContactDialogProps & { readonly given: readonly GivenShare[]; readonly received: readonly ReceivedShare[] },
) {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  const [problem, setProblem] = createSignal<string>()
  const [isWorking, setIsWorking] = createSignal(false)
  const remove = async () => {
    setIsWorking(true)
    const { contactId, name } = props.contact
    const ended = await endShares(session, props.given, props.received)
    const removed = ended.ok ? await session.removeContact(contactId) : undefined
    setIsWorking(false)
    if (!ended.ok) return setProblem(shareFailureWords(ended.failure))
    if (removed?.ok === false) return setProblem(saveFailureWords(removed.failure))
    navigate(to('/people'), { replace: true })
    showToast({ message: t('contact.removed', { name }) })
  }
  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      title={t('contact.remove.title', { name: props.contact.name })}
      act={t('act.remove')}
      danger
      busy={isWorking()}
      onConfirm={() => void remove()}
    >
      <p>{t('contact.remove.text')}</p>
      <Show when={problem()}>
        <Notice tone="danger" alert>
          {problem()}
        </Notice>
      </Show>
    </ConfirmDialog>
  )
}

/** Before somebody is taken off the list they are told, while there is still an address to tell them. */
async function endShares(
  session: Session,
  given: readonly GivenShare[],
  received: readonly ReceivedShare[],
): Promise<Result<void, ShareFailure>> {
  const ends = [
    ...given.filter(isGoing).map(share => () => session.stopShare(share.shareId)),
    ...received
      .filter(share => share.state !== 'ended')
      .map(share => () => session.answerShare(share.shareId, 'decline')),
  ]
  for (const end of ends) {
    const ended = await end()
    if (!ended.ok) return ended
  }
  if (ends.length > 0) await session.checkMail()
  return { ok: true, value: undefined }
}
