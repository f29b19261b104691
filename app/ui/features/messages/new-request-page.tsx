import { useNavigate } from '@solidjs/router'
import Send from 'lucide-solid/icons/send'
import { createSignal, type JSX, Show } from 'solid-js'
import type { People } from '#app/core/people-session.ts'
import type { OpenRequest, RequestFailure } from '#app/core/request-session.ts'
import { MAX_VISITOR_CHARS } from '#schema/messages/item.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import type { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { requestFailureWords } from '../../record/messages/request-words.ts'
import type { Receiver } from './who-sees.tsx'

/** In a contact’s place: somebody who has no Wellkeep. */
const VISITOR = 'visitor'

interface ToSomebody {
  readonly text: string
  readonly contactId: string
  readonly visitor?: string
}

/** A request that is being written: whom it goes to, and how it is sent. What it says stands between. */
export function createNewRequest<Draft extends ToSomebody>(
  kind: RequestKind,
  form: ReturnType<typeof createMessageDraft<Draft>>,
  /** Undefined while something is missing. */
  said: () => OpenRequest['data'] | undefined,
) {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const [failure, setFailure] = createSignal<RequestFailure>()
  const [isSending, setIsSending] = createSignal(false)
  const [isTried, setIsTried] = createSignal(false)
  const contacts = () => (people()?.contacts ?? []).filter(({ state }) => state === 'known')
  const isByPatient = kind !== 'questionnaire'
  const onlyOne = () => {
    if (contacts().length === 0) return isByPatient ? VISITOR : ''
    return contacts().length === 1 ? contacts()[0]?.contactId : ''
  }
  const contactId = () => form.draft().contactId || (onlyOne() ?? '')
  const visitor = () => (contactId() === VISITOR ? (form.draft().visitor ?? '') : undefined)
  const receivers = (): readonly Receiver[] => {
    const called = visitor()
    if (called !== undefined) return called.trim() === '' ? [] : [{ name: called }]
    return contacts().filter(one => one.contactId === contactId())
  }
  return {
    isByPatient,
    receivers,
    contacts,
    contactId,
    isReady: () => people() !== undefined,
    isSending,
    failure,
    /** For a field that must be filled in. */
    missing: (value: string) => (isTried() && value.trim() === '' ? t('request.needed') : undefined),
    choose: (chosen: string) => form.change({ contactId: chosen } as Partial<Draft>),
    /** Undefined where it goes to a contact. */
    visitor,
    callVisitor: (name: string) => form.change({ visitor: name } as Partial<Draft>),
    async send(): Promise<void> {
      setFailure()
      setIsTried(true)
      const data = said()
      const called = visitor()
      if (data === undefined || contactId() === '' || called?.trim() === '') return
      setIsSending(true)
      const whom = called === undefined ? { contactId: contactId() } : { contactId: '', visitor: called }
      const opened = await session.openRequest({ ...whom, kind, key: form.draft().key, data })
      setIsSending(false)
      if (!opened.ok) {
        setFailure(opened.failure)
        return
      }
      form.clear()
      navigate(to(`/messages/${opened.value.conversationId}/request/${opened.value.requestId}`), { replace: true })
    },
  }
}

/** Around what a new request says. */
export function NewRequestPage(props: {
  readonly request: ReturnType<typeof createNewRequest>
  readonly title: string
  readonly lead: string
  /** What is pressed, where a request is no request for whoever sends it. */
  readonly send?: string
  /** What there must be first is looked up, where there is such a thing. */
  readonly isReady?: boolean
  /** Stands in place of the form where something must be there first. */
  readonly lacking?: string | undefined
  readonly children: JSX.Element
}) {
  const to = useRecordPath()
  const isReady = () => props.request.isReady() && props.isReady !== false
  return (
    <Page title={props.title} lead={props.lead} back={{ href: to('/messages'), label: t('messages.title') }} narrow>
      <Show when={isReady()} fallback={<output>{t('app.loading')}</output>}>
        <Show when={props.request.contacts().length > 0 || props.request.isByPatient} fallback={<NobodyToAsk />}>
          <Show when={props.lacking === undefined} fallback={<Notice>{props.lacking}</Notice>}>
            <Form
              onSubmit={() => props.request.send()}
              actions={
                <Button tone="primary" type="submit" busy={props.request.isSending()} icon={<Send size="1.25rem" />}>
                  {props.send ?? t('request.sendIt')}
                </Button>
              }
            >
              <SelectField
                label={t(props.request.isByPatient ? 'request.to' : 'request.toPatient')}
                value={props.request.contactId()}
                options={[
                  { value: '', label: '' },
                  ...props.request.contacts().map(one => ({ value: one.contactId, label: one.name })),
                  ...(props.request.isByPatient ? [{ value: VISITOR, label: t('visitor.choose') }] : []),
                ]}
                error={props.request.missing(props.request.contactId())}
                onChange={props.request.choose}
              />
              <Show when={props.request.visitor() !== undefined}>
                <TextField
                  label={t('visitor.name')}
                  hint={t('visitor.name.hint')}
                  maxLength={MAX_VISITOR_CHARS}
                  value={props.request.visitor() ?? ''}
                  error={props.request.missing(props.request.visitor() ?? '')}
                  onInput={props.request.callVisitor}
                />
              </Show>
              {props.children}
              <Show when={props.request.isByPatient}>
                <Notice tone="warning">{t('message.notForEmergencies')}</Notice>
              </Show>
              <Show when={props.request.failure()}>
                {failed => (
                  <Notice tone="danger" alert>
                    {requestFailureWords(failed())}
                  </Notice>
                )}
              </Show>
            </Form>
          </Show>
        </Show>
      </Show>
    </Page>
  )
}

function NobodyToAsk() {
  const to = useRecordPath()
  return (
    <Notice actions={<LinkButton href={to('/people')}>{t('messages.toPeople')}</LinkButton>}>
      {t('messages.nobody')}
    </Notice>
  )
}
