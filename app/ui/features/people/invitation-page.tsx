import { useNavigate, useParams } from '@solidjs/router'
import Copy from 'lucide-solid/icons/copy'
import MessageCircle from 'lucide-solid/icons/message-circle'
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { Invitation, People } from '#app/core/people-session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { QrCode } from '../../parts/qr-code.tsx'
import { Spinner } from '../../parts/spinner.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createWatch, useSession, useRecordPath, useVault } from '../../session.ts'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { isPracticeIn } from '../../record/is-practice.ts'
import { peopleLabel } from '../../record/people-words.ts'
import { ownRelay } from '../../own-relay.ts'
import styles from './people.module.css'

/** One open invitation, in its three forms; goes on to comparing when somebody has answered it. */
export function InvitationPage() {
  const to = useRecordPath()
  const params = useParams()
  const session = useSession()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const invitation = createMemo(() => people()?.invitations.find(one => one.invitationId === params.id))
  createMailCheck(session)
  createLeaving(people, invitation)
  return (
    <Show when={people()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      <Show
        when={invitation()}
        fallback={
          <Page title={t('invite.over.title')} lead={t('invite.over.text')} back={{ href: to('/people') }} narrow>
            <div>
              <LinkButton href={to('/people')} tone="primary">
                {t('invite.over.toPeople')}
              </LinkButton>
            </div>
          </Page>
        }
      >
        {open => <Open invitation={open()} />}
      </Show>
    </Show>
  )
}

/** Whoever answered is a contact that was not there before; of an invitation to meet again it is the one it was for. */
function createLeaving(people: () => People | undefined, invitation: () => Invitation | undefined): void {
  const to = useRecordPath()
  const navigate = useNavigate()
  let before: ReadonlySet<string> | undefined
  let meetsAgain: string | undefined
  createEffect(
    on(people, now => {
      if (now === undefined) return
      meetsAgain = invitation()?.contactId ?? meetsAgain
      before ??= new Set(now.contacts.map(contact => contact.contactId))
      if (invitation() !== undefined) return
      const known = before
      const arrived = now.contacts.find(contact => !known.has(contact.contactId))?.contactId ?? meetsAgain
      if (arrived !== undefined) navigate(to(`/people/${arrived}`), { replace: true })
    }),
  )
}

function Open(props: { readonly invitation: Invitation }) {
  const to = useRecordPath()
  const vault = useVault()
  const server = () => props.invitation.relay ?? ownRelay()
  const link = () => `${server()}/meet#${props.invitation.code}`
  return (
    <Page
      title={t('invite.title')}
      lead={t('invite.lead', { date: formatTime(props.invitation.endsAt) })}
      back={{ href: to('/people'), label: t(peopleLabel(vault())) }}
      narrow
    >
      <p class={styles.waiting} role="status">
        <Spinner />
        {t('invite.waiting')}
      </p>
      <Card title={t('invite.together')}>
        <p>{t('invite.together.text')}</p>
        <div class={styles.code}>
          <QrCode text={link()} label={t('invite.qr')} />
        </div>
      </Card>
      <LinkCard link={link()} />
      <Card title={t('invite.words')}>
        <ol class={styles.spoken} lang="en" dir="ltr">
          <For each={props.invitation.words}>{word => <li>{word}</li>}</For>
        </ol>
        <p class={styles.soft}>{t('invite.words.server', { address: server() })}</p>
      </Card>
      <Card title={t('invite.next')}>
        <ol class={styles.steps}>
          <li>{t('invite.next.answer')}</li>
          <li>{t('invite.next.compare')}</li>
          <li>{t(isPracticeIn(vault()) ? 'practice.invite.next' : 'invite.next.share')}</li>
        </ol>
      </Card>
    </Page>
  )
}

function LinkCard(props: { readonly link: string }) {
  const [isRefused, setIsRefused] = createSignal(false)
  const canShare = typeof navigator.share === 'function'
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.link)
      setIsRefused(false)
      showToast({ message: t('invite.copied') })
    } catch {
      setIsRefused(true)
    }
  }
  const send = async () => {
    try {
      await navigator.share({ text: t('invite.share.text'), url: props.link })
    } catch (error) {
      // Closing the system's sheet is no failure; everything else has the button beside it.
      if (!(error instanceof DOMException && error.name === 'AbortError')) await copy()
    }
  }
  return (
    <Card title={t('invite.apart')} fields>
      <p>{t('invite.apart.text')}</p>
      <p class={styles.soft}>{t('invite.elsewhere')}</p>
      <TextField label={t('invite.link')} value={props.link} onInput={() => undefined} readOnly />
      <div class={styles.acts}>
        <Show when={canShare}>
          <Button tone="primary" icon={<MessageCircle size="1.2rem" />} onClick={() => void send()}>
            {t('invite.share')}
          </Button>
        </Show>
        <Button tone={canShare ? 'quiet' : 'primary'} icon={<Copy size="1.2rem" />} onClick={() => void copy()}>
          {t('invite.copy')}
        </Button>
      </div>
      <Show when={isRefused()}>
        <Notice tone="warning" alert>
          {t('invite.notCopied')}
        </Notice>
      </Show>
    </Card>
  )
}
