import { createSignal, Show } from 'solid-js'
import type { Invitation, People } from '#app/core/people-session.ts'
import { MAX_PSEUDONYM_CHARS } from '#schema/messages/circle.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Form } from '../../parts/form.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { LinkCode } from '../../record/link-code.tsx'
import { meetFailureWords } from '../../record/meet-failure-words.ts'
import { createWatch, useSession } from '../../session.ts'
import { ownRelay } from '../../own-relay.ts'
import { useCircle } from './circle-context.ts'
import { circleLink } from './circle-words.ts'
import styles from './circles.module.css'
import { leaveFocus } from './leave-focus.ts'

/** For whoever started a circle: a link a person, and those that nobody has answered yet. */
export function InvitationsCard() {
  const session = useSession()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const [forWhom, setForWhom] = createSignal('')
  const [shown, setShown] = createSignal<string>()
  const [isWorking, setIsWorking] = createSignal(false)
  const open = () => people()?.invitations ?? []
  const invite = async () => {
    setIsWorking(true)
    const invited = await session.invite()
    if (invited.ok) {
      const { invitationId } = invited.value
      if (forWhom().trim() !== '') await session.noteInvitation(invitationId, forWhom())
      setForWhom('')
      setShown(invitationId)
    } else showToast({ message: meetFailureWords(invited.failure) })
    setIsWorking(false)
  }
  return (
    <Card title={t('circle.invite')}>
      <p>{t('circle.invite.text')}</p>
      <Form
        onSubmit={() => void invite()}
        actions={
          <Button type="submit" busy={isWorking()}>
            {t('circle.invite')}
          </Button>
        }
      >
        <TextField
          label={t('circle.invite.for')}
          hint={t('circle.invite.for.hint')}
          value={forWhom()}
          onInput={setForWhom}
          autocomplete="off"
          maxLength={MAX_PSEUDONYM_CHARS}
        />
      </Form>
      <Show when={open().length > 0}>
        <h3>{t('circle.invite.open')}</h3>
        <ul class={styles.list}>
          <KeyedFor each={open()} keyOf={one => one.invitationId}>
            {one => (
              <InvitationRow
                invitation={one()}
                isShown={shown() === one().invitationId}
                onShow={isShown => setShown(isShown ? one().invitationId : undefined)}
              />
            )}
          </KeyedFor>
        </ul>
      </Show>
    </Card>
  )
}

function InvitationRow(props: {
  readonly invitation: Invitation
  readonly isShown: boolean
  readonly onShow: (isShown: boolean) => void
}) {
  const session = useSession()
  const circle = useCircle()
  let row: HTMLLIElement | undefined
  leaveFocus(() => row)
  const name = () => circle().invitedFor[props.invitation.invitationId] || t('circle.invite.somebody')
  const end = async () => {
    const ended = await session.withdrawInvitation(props.invitation.invitationId)
    showToast({ message: ended.ok ? t('circle.invite.ended') : meetFailureWords(ended.failure) })
  }
  return (
    <li class={styles.said} ref={row}>
      <div class={styles.row}>
        <span class={styles.grow}>
          <strong>
            <bdi>{name()}</bdi>
          </strong>
          <span class={styles.soft}>{t('circle.invite.until', { date: formatTime(props.invitation.endsAt) })}</span>
        </span>
        <Button
          aria-expanded={props.isShown}
          aria-label={t('circle.invite.show.name', { name: name() })}
          onClick={() => props.onShow(!props.isShown)}
        >
          {t('circle.invite.show')}
        </Button>
        <Button aria-label={t('circle.invite.end.name', { name: name() })} onClick={() => void end()}>
          {t('circle.invite.end')}
        </Button>
      </div>
      <Show when={props.isShown}>
        <LinkCode address={circleLink(props.invitation.relay ?? ownRelay(), props.invitation.code, circle().name)} />
      </Show>
    </li>
  )
}
