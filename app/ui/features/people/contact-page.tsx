import { A, useNavigate, useParams } from '@solidjs/router'
import CalendarPlus from 'lucide-solid/icons/calendar-plus'
import FilePenLine from 'lucide-solid/icons/file-pen-line'
import Plus from 'lucide-solid/icons/plus'
import SquarePen from 'lucide-solid/icons/square-pen'
import { createMemo, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import type { SaveFailure } from '#app/core/session.ts'
import type { Guardians } from '#app/core/kept-session.ts'
import type { Contact, MeetFailure, People } from '#app/core/people-session.ts'
import type { GivenShare, ReceivedShare, Shares } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { AcceptUnasked } from '../../record/accept-unasked.tsx'
import { GuardianList } from '../../record/guardian-list.tsx'
import { actsInWhole } from '../../record/guardian-words.ts'
import { hostOf } from '../../record/relay-words.ts'
import { isGoing, isOver } from '../../record/share-words.ts'
import { saveFailureWords } from '../../record/words.ts'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { createWatch, useSession, useRecordPath, useRecordView, useSettings, useVault } from '../../session.ts'
import { isPracticeIn } from '../../record/is-practice.ts'
import { peopleLabel } from '../../record/people-words.ts'
import { CompareCard } from './compare-card.tsx'
import { RemoveContactDialog, RenameContactDialog } from './contact-dialogs.tsx'
import { ContactState } from './contact-row.tsx'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { meetFailureWords } from '../../record/meet-failure-words.ts'
import { GivenCards } from './given-card.tsx'
import styles from './people.module.css'
import { ReceivedCards } from '../../record/received-card.tsx'

/** Somebody one has met: how sure it is that it is them, what they see, what one sees of theirs. */
export function ContactPage() {
  const to = useRecordPath()
  const params = useParams()
  const session = useSession()
  const vault = useVault()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const contact = createMemo(() => people()?.contacts.find(one => one.contactId === params.contactId))
  const given = () => shares()?.given.filter(one => one.contactId === params.contactId) ?? []
  const received = () => shares()?.received.filter(one => one.contactId === params.contactId) ?? []
  createMailCheck(session)
  return (
    <Show when={people()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      <Show
        when={contact()}
        fallback={
          <Page title={t(peopleLabel(vault()))} back={{ href: to('/people'), label: t(peopleLabel(vault())) }} narrow>
            <Notice>{t('contact.gone')}</Notice>
          </Page>
        }
      >
        {known => <ContactView contact={known()} given={given()} received={received()} />}
      </Show>
    </Show>
  )
}

function ContactView(props: {
  readonly contact: Contact
  readonly given: readonly GivenShare[]
  readonly received: readonly ReceivedShare[]
}) {
  const to = useRecordPath()
  const { kept } = useRecordView()
  const settings = useSettings()
  const vault = useVault()
  const isPractice = () => isPracticeIn(vault())
  const isSure = () => props.contact.state === 'known' && props.contact.comparedAt !== undefined
  const isAsked = () => props.received.some(share => share.state === 'offered')
  const isMet = () => props.contact.state !== 'waiting' && props.contact.state !== 'refused'
  const treatsOthers = () => isPractice() || (kept === undefined && settings().looksAfterPatients)
  const sharesWithMe = () => props.received.some(share => share.state === 'accepted')
  const received = () => (
    <Received contact={props.contact} received={props.received}>
      <Show when={treatsOthers() && props.contact.state === 'known' && !sharesWithMe() && !isAsked()}>
        <p class={styles.soft}>{t('addition.notShared', { name: props.contact.name })}</p>
      </Show>
    </Received>
  )
  return (
    <Page
      title={props.contact.name}
      windowTitle={t(peopleLabel(vault()))}
      lead={<ContactState contact={props.contact} />}
      back={{ href: to('/people'), label: t(peopleLabel(vault())) }}
      narrow
    >
      <StateNotice contact={props.contact} />
      <Show when={props.contact.relay}>
        {relay => <p class={styles.soft}>{t('contact.elsewhere', { host: hostOf(relay()) })}</p>}
      </Show>
      <Show when={kept?.isManaged() !== true && props.contact.state === 'known'}>
        <div class={styles.acts}>
          <LinkButton href={to(`/messages/new?to=${props.contact.contactId}`)} icon={<SquarePen size="1.25rem" />}>
            {t('messages.write')}
          </LinkButton>
          <Show when={!isPractice()}>
            <LinkButton
              href={to(`/messages/appointment?to=${props.contact.contactId}`)}
              icon={<CalendarPlus size="1.25rem" />}
            >
              {t('request.new.appointment')}
            </LinkButton>
          </Show>
          <Show when={treatsOthers() && sharesWithMe()}>
            <LinkButton href={to(`/patients/${props.contact.contactId}/write`)} icon={<FilePenLine size="1.25rem" />}>
              {t('addition.window')}
            </LinkButton>
          </Show>
        </div>
      </Show>
      <Show when={kept === undefined}>
        <AcceptUnasked contactId={props.contact.contactId} name={props.contact.name} isWhenOn />
      </Show>
      <Show when={!isSure() && props.contact.state !== 'refused'}>
        <CompareCard contact={props.contact} />
      </Show>
      <Show when={isMet()}>
        {/* What waits for an answer before what there is. */}
        <Show
          when={isAsked()}
          fallback={
            <>
              <Given contact={props.contact} given={props.given} />
              {received()}
            </>
          }
        >
          {received()}
          <Given contact={props.contact} given={props.given} />
        </Show>
      </Show>
      <Show when={isSure()}>
        <CompareCard contact={props.contact} />
      </Show>
      <More contact={props.contact} given={props.given} received={props.received} />
    </Page>
  )
}

function StateNotice(props: { readonly contact: Contact }) {
  const name = () => props.contact.name
  return (
    <Switch>
      <Match when={props.contact.state === 'waiting'}>
        <Notice title={t('contact.waiting.title', { name: name() })}>
          {t('contact.waiting.text', { name: name() })}
        </Notice>
      </Match>
      <Match when={props.contact.state === 'refused'}>
        <Notice tone="danger" title={t('contact.refused.title')}>
          {refusalWords(props.contact)}
        </Notice>
      </Match>
      <Match when={props.contact.state === 'changed'}>
        <Changed contact={props.contact} />
      </Match>
    </Switch>
  )
}

function refusalWords({ name, refusal }: Contact): string {
  if (refusal === 'expired') return t('contact.refused.expired')
  return t(refusal === 'withdrawn' ? 'contact.refused.withdrawn' : 'contact.refused.used', { name })
}

/** They came back with other keys: this person decides, and nobody for them. */
function Changed(props: { readonly contact: Contact }) {
  const session = useSession()
  const [failure, setFailure] = createSignal<SaveFailure>()
  const [isAsking, setIsAsking] = createSignal(false)
  const decide = async (decision: 'use' | 'keep', passphrase?: string): Promise<FreshUnlockAnswer> => {
    const decided = await session.decideChangedKeys(props.contact.contactId, decision, passphrase)
    if (decided.ok) showToast({ message: t(decision === 'use' ? 'contact.changed.used' : 'contact.changed.kept') })
    else if (decided.failure.kind === 'wrong-passphrase') return 'wrong-passphrase'
    else setFailure(decided.failure)
    return undefined
  }
  return (
    <Notice
      tone="danger"
      title={t('contact.changed.title', { name: props.contact.name })}
      actions={
        <>
          <Button onClick={() => void decide('keep')}>{t('contact.changed.keep')}</Button>
          <Button tone="plain" onClick={() => setIsAsking(true)}>
            {t('contact.changed.use')}
          </Button>
        </>
      }
    >
      <p>{t('contact.changed.text', { name: props.contact.name })}</p>
      <p>{t('contact.changed.ask', { name: props.contact.name })}</p>
      <Show when={failure()}>{failed => <p role="alert">{saveFailureWords(failed())}</p>}</Show>
      <FreshUnlockDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('contact.changed.use')}
        act={t('fresh.keys.act')}
        onUnlock={passphrase => decide('use', passphrase)}
      >
        {t('fresh.keys.text', { name: props.contact.name })}
      </FreshUnlockDialog>
    </Notice>
  )
}

function Given(props: { readonly contact: Contact; readonly given: readonly GivenShare[] }) {
  const to = useRecordPath()
  const session = useSession()
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  const whole = createMemo(() => actsInWhole(guardians()?.guardians ?? [], props.contact.contactId))
  const going = () => props.given.filter(share => share.state !== 'ended')
  const past = () => props.given.filter(share => share.state === 'ended')
  return (
    <Card title={t('given.title', { name: props.contact.name })}>
      <Show when={whole()}>
        <InWhole contactId={props.contact.contactId} />
      </Show>
      <Show
        when={going().length > 0}
        fallback={
          <Show when={guardians() !== undefined && whole()?.state !== 'active'}>
            <p class={styles.soft}>{t('given.none')}</p>
          </Show>
        }
      >
        <GivenCards shares={going()} />
      </Show>
      <Show when={props.contact.state === 'known'}>
        <div>
          <LinkButton
            tone={going().some(isGoing) || whole() ? 'quiet' : 'primary'}
            href={to(`/people/${props.contact.contactId}/share`)}
            icon={<Plus size="1.2rem" />}
          >
            {t(going().some(isGoing) ? 'given.shareMore' : 'given.share')}
          </LinkButton>
        </div>
      </Show>
      <Show when={props.contact.state === 'differs'}>
        <Notice tone="warning">
          <p>{t('given.differs', { name: props.contact.name })}</p>
          <Show when={going().some(isGoing)}>
            <p>{t('given.differs.going', { name: props.contact.name })}</p>
          </Show>
        </Notice>
      </Show>
      <Show when={past().length > 0}>
        <details class={styles.past}>
          <summary>{t('given.past')}</summary>
          <div>
            <GivenCards shares={past()} />
          </div>
        </details>
      </Show>
    </Card>
  )
}

/** They act in the whole record, or were asked to: until when, and a way to take it back. */
function InWhole(props: { readonly contactId: string }) {
  const to = useRecordPath()
  const { kept } = useRecordView()
  return (
    <div class={styles.share}>
      <GuardianList contactId={props.contactId} isOut={kept?.isOut() === true} />
      <p>
        <A href={to(`/who-looked?who=contact:${props.contactId}`)}>{t('looks.see')}</A>
      </p>
      <Show when={kept === undefined}>
        <div class={styles.acts}>
          <LinkButton href={`/people/${props.contactId}/manage`}>{t('given.change')}</LinkButton>
        </div>
      </Show>
    </div>
  )
}

function Received(props: {
  readonly contact: Contact
  readonly received: readonly ReceivedShare[]
  readonly children: JSX.Element
}) {
  const going = () => props.received.filter(share => !isOver(share))
  const past = () => props.received.filter(isOver)
  return (
    <Card title={t('received.title', { name: props.contact.name })}>
      <Show when={going().length > 0} fallback={<p class={styles.soft}>{t('received.none')}</p>}>
        <ReceivedCards shares={going()} />
      </Show>
      {props.children}
      <Show when={past().length > 0}>
        <details class={styles.past}>
          <summary>{t('given.past')}</summary>
          <div>
            <ReceivedCards shares={past()} />
          </div>
        </details>
      </Show>
    </Card>
  )
}

function More(props: {
  readonly contact: Contact
  readonly given: readonly GivenShare[]
  readonly received: readonly ReceivedShare[]
}) {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  const [open, setOpen] = createSignal<'rename' | 'remove'>()
  const [failure, setFailure] = createSignal<MeetFailure>()
  const meetAgain = async () => {
    const made = await session.invite(props.contact.contactId)
    if (made.ok) navigate(to(`/people/invitation/${made.value.invitationId}`))
    else setFailure(made.failure)
  }
  return (
    <Card title={t('contact.more')}>
      <p class={styles.soft}>{t('contact.meetAgain.text', { name: props.contact.name })}</p>
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {meetFailureWords(failed())}
          </Notice>
        )}
      </Show>
      <div class={styles.acts}>
        <Button onClick={() => void meetAgain()}>{t('contact.meetAgain')}</Button>
        <Button onClick={() => setOpen('rename')}>{t('contact.rename')}</Button>
        <Button onClick={() => setOpen('remove')}>{t('contact.remove', { name: props.contact.name })}</Button>
      </div>
      <RenameContactDialog contact={props.contact} open={open() === 'rename'} onClose={() => setOpen()} />
      <RemoveContactDialog
        contact={props.contact}
        given={props.given}
        received={props.received}
        open={open() === 'remove'}
        onClose={() => setOpen()}
      />
    </Card>
  )
}
