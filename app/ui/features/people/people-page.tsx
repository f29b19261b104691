import { useNavigate } from '@solidjs/router'
import Eye from 'lucide-solid/icons/eye'
import MailOpen from 'lucide-solid/icons/mail-open'
import UserPlus from 'lucide-solid/icons/user-plus'
import UsersRound from 'lucide-solid/icons/users-round'
import { createSignal, For, Show } from 'solid-js'
import type { Guardians } from '#app/core/kept-session.ts'
import type { LateWriting } from '#app/core/late-session.ts'
import type { Invitation, MeetFailure, People } from '#app/core/people-session.ts'
import type { ReceivedShare, Shares } from '#app/core/share-session.ts'
import { formatDuration } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createWatch, useSession, useTrueNow, useVault, useRecordPath, useRecordView } from '../../session.ts'
import { ContactRow } from './contact-row.tsx'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { ClockNotice } from '../../record/clock-notice.tsx'
import { EndingNotices } from '../../record/endings-notice.tsx'
import { KeptSection } from '../../record/kept-section.tsx'
import { isPracticeIn } from '../../record/is-practice.ts'
import { peopleLabel } from '../../record/people-words.ts'
import { isOver } from '../../record/share-words.ts'
import { meetFailureWords } from '../../record/meet-failure-words.ts'
import styles from './people.module.css'
import { OfferedShares, ReceivedCards } from '../../record/received-card.tsx'

/** Everybody one has met, what is shared either way, and the invitations that are open. */
export function PeoplePage() {
  const { kept } = useRecordView()
  const to = useRecordPath()
  const session = useSession()
  const vault = useVault()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  const late = createWatch<readonly LateWriting[]>(listener => session.watchLate(listener))
  const { invite, failure, isWorking } = createInviting()
  createMailCheck(session)
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  const isPractice = () => isPracticeIn(vault())
  const nobody = () => people()?.contacts.length === 0
  return (
    <Page title={t(peopleLabel(vault()))} lead={t(isPractice() ? 'practice.people.lead' : 'people.lead')} narrow>
      <Show when={!isSample()} fallback={<Notice>{t('people.notHere')}</Notice>}>
        <div class={styles.acts}>
          <Button tone="primary" icon={<UserPlus size="1.25rem" />} busy={isWorking()} onClick={() => void invite()}>
            {t(isPractice() ? 'practice.people.invite' : 'people.invite')}
          </Button>
          <LinkButton href={to('/meet')} icon={<MailOpen size="1.25rem" />}>
            {t('people.haveInvitation')}
          </LinkButton>
          <LinkButton href={to('/who-looked')} icon={<Eye size="1.25rem" />}>
            {t('looks.see')}
          </LinkButton>
        </div>
        <Show when={failure()}>
          {failed => (
            <Notice tone="danger" alert>
              {meetFailureWords(failed())}
            </Notice>
          )}
        </Show>
        <Show when={(late()?.length ?? 0) > 0}>
          <Notice
            tone="warning"
            title={t('sync.problem.late.title')}
            actions={<LinkButton href={to('/late')}>{t('late.look')}</LinkButton>}
          >
            {t('sync.problem.late.text', { count: late()?.length ?? 0 })}
          </Notice>
        </Show>
        <ClockNotice />
        {/* What ends of other records stands where those are. */}
        <EndingNotices side={kept === undefined ? undefined : 'given'} />
        {/* A practice has its patients on a page of their own. */}
        <Show when={isPractice()} fallback={<SharedWithMe received={shares()?.received ?? []} />}>
          <OfferedShares />
        </Show>
        <Show when={kept === undefined}>
          <KeptSection />
        </Show>
        <Show
          when={!nobody()}
          fallback={
            <EmptyState icon={<UsersRound size="2.25rem" />} title={t('people.none.title')}>
              <p>{t(isPractice() ? 'practice.people.none' : 'people.none.text')}</p>
            </EmptyState>
          }
        >
          <section class={styles.group} aria-label={t('people.contacts')}>
            <h2>{t('people.contacts')}</h2>
            <ul class={styles.list}>
              <For each={people()?.contacts}>
                {contact => (
                  <li>
                    <ContactRow contact={contact} shares={shares()} guardians={guardians()?.guardians} />
                  </li>
                )}
              </For>
            </ul>
          </section>
        </Show>
        <OpenInvitations people={people()} />
      </Show>
    </Page>
  )
}

/** Makes an invitation and goes to it. */
function createInviting() {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  const [failure, setFailure] = createSignal<MeetFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const invite = async () => {
    setIsWorking(true)
    setFailure()
    const made = await session.invite()
    setIsWorking(false)
    if (made.ok) navigate(to(`/people/invitation/${made.value.invitationId}`))
    else setFailure(made.failure)
  }
  return { invite, failure, isWorking }
}

function SharedWithMe(props: { readonly received: readonly ReceivedShare[] }) {
  const going = () => props.received.filter(share => !isOver(share))
  return (
    <Show when={going().length > 0}>
      <section class={styles.group} aria-label={t('received.mine')}>
        <h2>{t('received.mine')}</h2>
        <ReceivedCards shares={going()} />
      </section>
    </Show>
  )
}

function OpenInvitations(props: { readonly people: People | undefined }) {
  return (
    <Show when={(props.people?.invitations.length ?? 0) > 0}>
      <Card title={t('people.invitations')}>
        <ul class={styles.lines}>
          <For each={props.people?.invitations}>
            {invitation => (
              <li>
                <InvitationLine invitation={invitation} people={props.people} />
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  )
}

function InvitationLine(props: { readonly invitation: Invitation; readonly people: People | undefined }) {
  const to = useRecordPath()
  const session = useSession()
  const now = useTrueNow()
  const forWhom = () => {
    const contact = props.people?.contacts.find(one => one.contactId === props.invitation.contactId)
    return contact === undefined ? t('people.invitation.anyone') : t('people.invitation.for', { name: contact.name })
  }
  const withdraw = async () => {
    const answer = await session.withdrawInvitation(props.invitation.invitationId)
    showToast({ message: answer.ok ? t('people.invitation.withdrawn') : meetFailureWords(answer.failure) })
  }
  return (
    <div class={styles.line}>
      <div class={styles.words}>
        <p>{forWhom()}</p>
        <p class={styles.soft}>
          {t('people.invitation.left', { time: formatDuration(props.invitation.endsAt - now()) })}
        </p>
      </div>
      <LinkButton href={to(`/people/invitation/${props.invitation.invitationId}`)}>
        {t('people.invitation.show')}
      </LinkButton>
      <Button tone="plain" onClick={() => void withdraw()}>
        {t('people.invitation.withdraw')}
      </Button>
    </div>
  )
}
