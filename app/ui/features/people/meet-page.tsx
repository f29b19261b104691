import { useNavigate } from '@solidjs/router'
import ScanLine from 'lucide-solid/icons/scan-line'
import UserCheck from 'lucide-solid/icons/user-check'
import { createEffect, createSignal, Match, on, Show, Switch } from 'solid-js'
import type { Inviter, MeetFailure } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { hostOf, relayTyped } from '../../record/relay-words.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { withWord } from '../../parts/draft-words.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { QrScanner } from '../../parts/qr-scanner.tsx'
import { Spinner } from '../../parts/spinner.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { WrongWords } from '../../parts/wrong-words.tsx'
import { useInvitation, useSession, useVault, useRecordPath } from '../../session.ts'
import { peopleLabel } from '../../record/people-words.ts'
import { meetFailureWords } from '../../record/meet-failure-words.ts'
import styles from './people.module.css'

/** The guest's side: takes an invitation, says whose it is and what would be sent, and only then answers. */
export function MeetPage() {
  const to = useRecordPath()
  const meeting = createMeeting()
  return (
    <Switch>
      <Match when={meeting.isReading()}>
        <Page title={t('meet.title')} back={{ href: to('/people') }} narrow>
          <p class={styles.waiting} role="status">
            <Spinner />
            {t('meet.looking')}
          </p>
        </Page>
      </Match>
      <Match when={meeting.inviter()}>
        {inviter => (
          <Answer
            inviter={inviter()}
            failure={meeting.failure()}
            isWorking={meeting.isWorking()}
            onAccept={() => void meeting.accept()}
            onLeave={() => meeting.leave()}
          />
        )}
      </Match>
      <Match when={true}>
        <Take
          typed={meeting.typed()}
          failure={meeting.failure()}
          onType={meeting.setTyped}
          onTake={text => void meeting.read(text)}
        />
      </Match>
    </Switch>
  )
}

/** Whatever opens it again finds the same. */
const FINAL: ReadonlySet<MeetFailure['kind']> = new Set([
  'not-an-invitation',
  'closed',
  'own',
  'damaged',
  'other-relay',
])

function createMeeting() {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  const { invitation, forgetInvitation } = useInvitation()
  const [text, setText] = createSignal('')
  // Stands here and not in the box, so that it is still there when it was refused.
  const [typed, setTyped] = createSignal('')
  const [inviter, setInviter] = createSignal<Inviter>()
  const [failure, setFailure] = createSignal<MeetFailure>()
  const [isReading, setIsReading] = createSignal(false)
  const [isWorking, setIsWorking] = createSignal(false)

  const read = async (given: string) => {
    setText(given)
    setFailure()
    setIsReading(true)
    const found = await session.readInvitation(given)
    setIsReading(false)
    if (found.ok) {
      setInviter(found.value)
      return
    }
    setFailure(found.failure)
    if (FINAL.has(found.failure.kind)) forgetInvitation()
  }
  const accept = async () => {
    setFailure()
    setIsWorking(true)
    const accepted = await session.acceptInvitation(text())
    setIsWorking(false)
    if (!accepted.ok) {
      setFailure(accepted.failure)
      return
    }
    forgetInvitation()
    navigate(to(`/people/${accepted.value.contactId}`), { replace: true })
  }
  // A second link may be opened in the same window.
  createEffect(
    on(invitation, opened => {
      if (opened !== undefined) void read(opened)
    }),
  )
  return {
    inviter,
    failure,
    isReading,
    isWorking,
    typed,
    setTyped,
    read,
    accept,
    leave() {
      forgetInvitation()
      navigate(to('/people'))
    },
  }
}

/** Camera, link or words. */
function Take(props: {
  readonly typed: string
  readonly failure: MeetFailure | undefined
  readonly onType: (text: string) => void
  readonly onTake: (text: string) => void
}) {
  const to = useRecordPath()
  const vault = useVault()
  const { invitation, forgetInvitation } = useInvitation()
  const [isScanning, setIsScanning] = createSignal(false)
  const [isEmpty, setIsEmpty] = createSignal(false)
  const [server, setServer] = createSignal('')
  const [isWrongServer, setIsWrongServer] = createSignal(false)
  const take = (given: string) => {
    forgetInvitation()
    props.onTake(given)
  }
  const submit = () => {
    const relay = server().trim() === '' ? '' : relayTyped(server())
    setIsEmpty(props.typed.trim() === '')
    setIsWrongServer(relay === undefined)
    if (!isEmpty() && relay !== undefined) take(`${props.typed} ${relay}`.trim())
  }
  const wrong = () => {
    const words = props.failure?.kind === 'not-an-invitation' ? props.failure.words : undefined
    return words?.kind === 'unknown' ? words.wrong : []
  }
  return (
    <Page
      title={t('meet.title')}
      lead={t('meet.lead')}
      back={{ href: to('/people'), label: t(peopleLabel(vault())) }}
      narrow
    >
      <Show when={props.failure}>
        {failure => (
          <Notice
            tone="danger"
            alert
            actions={
              <Show when={invitation()}>
                {opened => <Button onClick={() => props.onTake(opened())}>{t('act.tryAgain')}</Button>}
              </Show>
            }
          >
            {meetFailureWords(failure())}
          </Notice>
        )}
      </Show>
      <Button tone="primary" wide icon={<ScanLine size="1.25rem" />} onClick={() => setIsScanning(true)}>
        {t('meet.scan')}
      </Button>
      <Form onSubmit={submit} actions={<Button type="submit">{t('meet.look')}</Button>}>
        <TextField
          label={t('meet.paste')}
          hint={t('meet.pasteHint')}
          value={props.typed}
          onInput={props.onType}
          error={isEmpty() ? t('field.needed') : undefined}
          spellcheck={false}
          multiline
        />
        <Show when={props.failure?.kind === 'nothing-there' || server() !== ''}>
          <TextField
            label={t('meet.server')}
            hint={t('meet.server.hint')}
            placeholder="https://"
            value={server()}
            onInput={setServer}
            error={isWrongServer() ? t('meet.server.wrong') : undefined}
            optional
            spellcheck={false}
          />
        </Show>
        <WrongWords
          wrong={wrong()}
          onReplace={(position, word) => props.onType(withWord(props.typed, position, word))}
        />
      </Form>
      <QrScanner
        open={isScanning()}
        onClose={() => setIsScanning(false)}
        onFound={found => {
          setIsScanning(false)
          take(found)
        }}
      />
    </Page>
  )
}

function Answer(props: {
  readonly inviter: Inviter
  readonly failure: MeetFailure | undefined
  readonly isWorking: boolean
  readonly onAccept: () => void
  readonly onLeave: () => void
}) {
  const vault = useVault()
  const myName = () => {
    const state = vault()
    return state.kind === 'open' ? state.personName : ''
  }
  return (
    <Page title={t('meet.from', { name: props.inviter.name })} windowTitle={t('meet.title')} narrow>
      <Show when={props.inviter.isKnown}>
        <Notice tone="warning">{t('meet.fromKnown', { name: props.inviter.name })}</Notice>
      </Show>
      <Show when={props.inviter.relay}>
        {relay => <Notice>{t('meet.elsewhere', { host: hostOf(relay()) })}</Notice>}
      </Show>
      <Card title={t('meet.sent')} icon={<UserCheck />}>
        <ul class={styles.steps}>
          <li>{t('meet.sent.name', { name: myName() })}</li>
          <li>{t('meet.sent.nothing')}</li>
          <li>{t('meet.sent.sealed')}</li>
        </ul>
      </Card>
      <Show when={props.failure}>
        {failure => (
          <Notice tone="danger" alert>
            {meetFailureWords(failure())}
          </Notice>
        )}
      </Show>
      <div class={styles.acts}>
        <Button tone="primary" busy={props.isWorking} onClick={() => props.onAccept()}>
          {t('meet.accept')}
        </Button>
        <Button onClick={() => props.onLeave()}>{t('meet.notNow')}</Button>
      </div>
    </Page>
  )
}
