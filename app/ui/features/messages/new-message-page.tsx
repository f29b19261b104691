import { A, useNavigate, useSearchParams } from '@solidjs/router'
import Send from 'lucide-solid/icons/send'
import { createSignal, For, Show } from 'solid-js'
import type { BeginThread, MessageFailure } from '#app/core/message-session.ts'
import type { Contact, People } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createWatch, useOwnSession, useSettings } from '../../session.ts'
import { createMessageDraft } from './create-message-draft.ts'
import { messageFailureWords } from './message-words.ts'
import styles from './messages.module.css'

type About = BeginThread['about']

/** Begins a thread: to whom, about what, and the first message. */
export function NewMessagePage() {
  const session = useOwnSession()
  const settings = useSettings()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const to = typeof search['to'] === 'string' ? search['to'] : undefined
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const form = createMessageDraft<{
    text: string
    subject: string
    contactIds: readonly string[]
    about: About
  }>(to === undefined ? 'message/new' : `message/new/${to}`, {
    text: '',
    subject: '',
    contactIds: to === undefined ? [] : [to],
    about: 'family',
  })
  const [failure, setFailure] = createSignal<MessageFailure>()
  const [isSending, setIsSending] = createSignal(false)
  const send = async () => {
    setFailure()
    setIsSending(true)
    const { text, subject, contactIds, about, key } = form.draft()
    const begun = await session.beginThread({ text, subject, contactIds: [...contactIds], about, key })
    setIsSending(false)
    if (!begun.ok) return setFailure(begun.failure)
    form.clear()
    navigate(`/messages/${begun.value.conversationId}/${begun.value.threadId}`, { replace: true })
  }
  const failed = (...kinds: readonly MessageFailure['kind'][]) => {
    const now = failure()
    return now !== undefined && kinds.includes(now.kind) ? messageFailureWords(now) : undefined
  }
  const otherFailure = () => failed('locked', 'not-here', 'not-found', 'contact-not-ready', 'over', 'not-stored')
  return (
    <Page title={t('message.new')} back={{ href: '/messages', label: t('messages.title') }} narrow>
      <Show when={form.isBack()}>
        <Notice
          actions={
            <Button tone="plain" onClick={() => form.clear()}>
              {t('message.discard')}
            </Button>
          }
        >
          {t('message.unsentIsBack')}
        </Notice>
      </Show>
      <Form
        onSubmit={send}
        actions={
          <Button tone="primary" type="submit" busy={isSending()} icon={<Send size="1.25rem" />}>
            {t('message.send')}
          </Button>
        }
      >
        <Recipients
          contacts={people()?.contacts ?? []}
          chosen={form.draft().contactIds}
          error={failed('nobody-chosen')}
          onChange={contactIds => form.change({ contactIds })}
        />
        <AboutChoice
          about={form.draft().about}
          isForPatients={settings().looksAfterPatients}
          onChange={about => form.change({ about })}
        />
        <Show when={form.draft().about === 'my-care'}>
          <Notice tone="warning">{t('message.notForEmergencies')}</Notice>
        </Show>
        <TextField
          label={t('message.subject')}
          optional
          maxLength={200}
          value={form.draft().subject}
          onInput={subject => form.change({ subject })}
        />
        <TextField
          label={t('message.text')}
          multiline
          value={form.draft().text}
          error={failed('empty', 'too-long')}
          onInput={text => form.change({ text })}
        />
        <Show when={otherFailure()}>
          {words => (
            <Notice tone="danger" alert>
              {words()}
            </Notice>
          )}
        </Show>
      </Form>
    </Page>
  )
}

function AboutChoice(props: {
  readonly about: About
  readonly isForPatients: boolean
  readonly onChange: (about: About) => void
}) {
  const options = (): readonly About[] =>
    props.isForPatients ? ['their-care', 'family', 'my-care'] : ['family', 'my-care']
  return (
    <RadioGroup
      label={t('message.about')}
      value={props.about}
      options={options().map(value => ({
        value,
        label: t(`message.about.${value}`),
        about: t(`message.about.${value}.text`),
      }))}
      onChange={about => props.onChange(about)}
    />
  )
}

function Recipients(props: {
  readonly contacts: readonly Contact[]
  readonly chosen: readonly string[]
  readonly error: string | undefined
  readonly onChange: (chosen: readonly string[]) => void
}) {
  const choose = (id: string, isChosen: boolean) =>
    props.onChange(isChosen ? [...props.chosen, id] : props.chosen.filter(one => one !== id))
  return (
    <fieldset class={styles.recipients}>
      <legend>{t('message.to')}</legend>
      <For each={props.contacts}>
        {contact => (
          <Show
            when={contact.state === 'known'}
            fallback={
              <p class={styles.soft}>
                <A href={`/people/${contact.contactId}`}>
                  <bdi>{contact.name}</bdi>
                </A>
                {': '}
                {t('message.to.notReady')}
              </p>
            }
          >
            <CheckField
              label={<bdi>{contact.name}</bdi>}
              checked={props.chosen.includes(contact.contactId)}
              onChange={isChosen => choose(contact.contactId, isChosen)}
            />
          </Show>
        )}
      </For>
      <Show when={props.error}>
        {words => (
          <p class={styles.error} role="alert">
            {words()}
          </p>
        )}
      </Show>
    </fieldset>
  )
}
