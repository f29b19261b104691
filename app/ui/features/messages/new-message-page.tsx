import { A, useNavigate, useSearchParams } from '@solidjs/router'
import Send from 'lucide-solid/icons/send'
import { createSignal, For, Show } from 'solid-js'
import type { ShownFile } from '#app/core/file-session.ts'
import type { BeginThread, GivenChart, MessageFailure } from '#app/core/message-session.ts'
import type { Contact, People } from '#app/core/people-session.ts'
import { MAX_SUBJECT_CHARS } from '#schema/messages/item.ts'
import { isEntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createWatch, useRecordPath, useSession, useSettings } from '../../session.ts'
import { Attached, createAttached, referencesOf } from './attached.tsx'
import { AttachedCharts } from '../../record/messages/attached-charts.tsx'
import { createHeldFiles } from '../../record/messages/create-held-files.ts'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { EntryChoice } from './entry-choice.tsx'
import { HeldFilesField } from '../../record/messages/held-files.tsx'
import { chartDraftPlace } from '../../record/messages/chart-given.ts'
import { messageFailureWords } from '../../record/messages/message-words.ts'
import styles from '../../record/messages/messages.module.css'
import { NEW_MESSAGE } from './new-message-place.ts'
import { VisitorField } from './visitor-field.tsx'

/** What is said at the field that it is about; all else below them. */
const AT_FIELDS: ReadonlySet<MessageFailure['kind']> = new Set(['nobody-chosen', 'empty', 'too-long'])

type About = BeginThread['about']

interface Draft {
  readonly text: string
  /** Absent until somebody typed one: it is called by what goes along. */
  readonly subject?: string
  readonly contactIds: readonly string[]
  /** Somebody who has no Wellkeep, in their place. */
  readonly visitor?: string
  readonly about: About
  readonly entryIds: readonly string[]
  readonly charts: readonly GivenChart[]
  readonly files: readonly ShownFile[]
}

/** Begins a thread: to whom, about what, and the first message; from an entry's page with that entry. */
export function NewMessagePage() {
  const to = useRecordPath()
  const session = useSession()
  const settings = useSettings()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const toOne = typeof search['to'] === 'string' ? search['to'] : undefined
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const entry = typeof search['entry'] === 'string' && isEntryId(search['entry']) ? search['entry'] : undefined
  const place = [NEW_MESSAGE, ...(toOne === undefined ? [] : [toOne]), ...(entry === undefined ? [] : ['entry', entry])]
  const chart = typeof search['chart'] === 'string' ? search['chart'] : undefined
  const form = createMessageDraft<Draft>(chart === undefined ? place.join('/') : chartDraftPlace(chart), {
    text: '',
    contactIds: toOne === undefined ? [] : [toOne],
    ...(search['visitor'] === undefined ? {} : { visitor: '' }),
    about: search['about'] === 'their-care' ? 'their-care' : 'family',
    entryIds: entry === undefined ? [] : [entry],
    charts: [],
    files: [],
  })
  const files = createHeldFiles(
    () => form.draft().files,
    held => form.change({ files: held }),
  )
  const attached = createAttached(() => form.draft().entryIds)
  const titleAlong = () =>
    attached().find(one => one.state === 'here')?.reference?.title ?? form.draft().charts[0]?.chart.title ?? ''
  const subject = () => form.draft().subject ?? titleAlong().slice(0, MAX_SUBJECT_CHARS).toWellFormed()
  const receivers = () => {
    const { visitor, contactIds } = form.draft()
    if (visitor !== undefined) return visitor.trim() === '' ? [] : [{ name: visitor }]
    return (people()?.contacts ?? []).filter(({ contactId }) => contactIds.includes(contactId))
  }
  const [failure, setFailure] = createSignal<MessageFailure>()
  const [isSending, setIsSending] = createSignal(false)
  const send = async () => {
    setFailure()
    const { text, contactIds, about, key, visitor, charts } = form.draft()
    const entries = referencesOf(attached())
    if (entries === undefined) return setFailure({ kind: 'entry-not-given' })
    setIsSending(true)
    const said = { text, key, charts, files: files.held().map(({ id }) => id), ...(entries.length > 0 && { entries }) }
    const whom =
      visitor === undefined
        ? { contactIds: [...contactIds], about }
        : { contactIds: [], visitor, about: 'my-care' as const }
    const begun = await session.beginThread({ ...said, ...whom, subject: subject() })
    setIsSending(false)
    if (!begun.ok) return setFailure(begun.failure)
    form.clear()
    navigate(to(`/messages/${begun.value.conversationId}/${begun.value.threadId}`), { replace: true })
  }
  const failed = (...kinds: readonly MessageFailure['kind'][]) => {
    const now = failure()
    return now !== undefined && kinds.includes(now.kind) ? messageFailureWords(now) : undefined
  }
  const otherFailure = () => {
    const now = failure()
    return now !== undefined && !AT_FIELDS.has(now.kind) ? messageFailureWords(now) : undefined
  }
  return (
    <Page title={t('message.new')} back={{ href: to('/messages'), label: t('messages.title') }} narrow>
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
          <Button
            tone="primary"
            type="submit"
            busy={isSending() || files.coming().length > 0}
            icon={<Send size="1.25rem" />}
          >
            {t('message.send')}
          </Button>
        }
      >
        <Recipients
          contacts={people()?.contacts ?? []}
          chosen={form.draft().contactIds}
          error={form.draft().visitor === undefined ? failed('nobody-chosen') : undefined}
          onChange={contactIds => form.change({ contactIds })}
        />
        <VisitorField
          name={form.draft().visitor}
          error={failed('nobody-chosen')}
          onChange={visitor => form.change({ visitor } as Partial<Draft>)}
        />
        <Show when={form.draft().visitor === undefined}>
          <AboutChoice
            about={form.draft().about}
            isForPatients={settings().looksAfterPatients}
            onChange={about => form.change({ about })}
          />
        </Show>
        <Show when={form.draft().visitor !== undefined || form.draft().about === 'my-care'}>
          <Notice tone="warning">{t('message.notForEmergencies')}</Notice>
        </Show>
        <TextField
          label={t('message.subject')}
          optional
          maxLength={MAX_SUBJECT_CHARS}
          value={subject()}
          onInput={typed => form.change({ subject: typed })}
        />
        <TextField
          label={t('message.text')}
          multiline
          value={form.draft().text}
          error={failed('empty', 'too-long')}
          onInput={text => form.change({ text })}
        />
        <Attached
          attached={attached()}
          receivers={receivers()}
          onTakeOff={id => form.change({ entryIds: form.draft().entryIds.filter(one => one !== id) })}
        />
        <AttachedCharts
          charts={form.draft().charts}
          about={t('chart.goesAlong.text')}
          onChange={charts => form.change({ charts })}
        />
        <HeldFilesField
          files={files}
          beside={
            <Show when={form.draft().visitor !== undefined || form.draft().about !== 'their-care'}>
              <EntryChoice
                chosen={form.draft().entryIds}
                onChoose={id => form.change({ entryIds: [...form.draft().entryIds, id] })}
              />
            </Show>
          }
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
  const to = useRecordPath()
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
                <A href={to(`/people/${contact.contactId}`)}>
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
