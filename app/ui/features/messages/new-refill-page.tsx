import { useNavigate, useSearchParams } from '@solidjs/router'
import Send from 'lucide-solid/icons/send'
import { createSignal, Show } from 'solid-js'
import type { People } from '#app/core/people-session.ts'
import type { RequestFailure } from '#app/core/request-session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { currentMedicines } from '../../record/medicines/current-medicines.ts'
import { createWatch, useOwnSession } from '../../session.ts'
import { createMessageDraft } from './create-message-draft.ts'
import { requestFailureWords } from './request-words.ts'

/** Asks somebody who treats this person for more of a medicine. */
export function NewRefillPage() {
  const session = useOwnSession()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const wanted = typeof search['medicine'] === 'string' ? search['medicine'] : ''
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const medicines = createAnswer(
    () => 'medicines',
    async () => currentMedicines(await session.timelineRows({ kinds: ['medicine'] }, 0, 1000)),
  )
  const form = createMessageDraft(`refill/${wanted}`, { text: '', pharmacy: '', contactId: '', medicineId: wanted })
  const [failure, setFailure] = createSignal<RequestFailure>()
  const [isSending, setIsSending] = createSignal(false)
  const contacts = () => (people()?.contacts ?? []).filter(({ state }) => state === 'known')
  const contactId = () => form.draft().contactId || (contacts().length === 1 ? (contacts()[0]?.contactId ?? '') : '')
  const medicine = () => (medicines() ?? []).find(({ id }) => id === form.draft().medicineId)
  const [isTried, setIsTried] = createSignal(false)
  const missing = (value: string) => (isTried() && value === '' ? t('request.needed') : undefined)
  const send = async () => {
    setFailure()
    setIsTried(true)
    const chosen = medicine()
    if (chosen === undefined || contactId() === '') return
    setIsSending(true)
    const { text, pharmacy, key } = form.draft()
    const data = { medicineId: chosen.id, medicineName: chosen.title, wish: text, pharmacy }
    const opened = await session.openRequest({ kind: 'refill', contactId: contactId(), key, data })
    setIsSending(false)
    if (!opened.ok) return setFailure(opened.failure)
    form.clear()
    navigate(`/messages/${opened.value.conversationId}/request/${opened.value.requestId}`, { replace: true })
  }
  return (
    <Page
      title={t('refill.new')}
      lead={t('refill.lead')}
      back={{ href: '/messages', label: t('messages.title') }}
      narrow
    >
      <Show when={medicines() && people()} fallback={<output>{t('app.loading')}</output>}>
        <Show when={contacts().length > 0} fallback={<NobodyToAsk />}>
          <Show when={(medicines()?.length ?? 0) > 0} fallback={<Notice>{t('refill.noMedicines')}</Notice>}>
            <Form
              onSubmit={send}
              actions={
                <Button tone="primary" type="submit" busy={isSending()} icon={<Send size="1.25rem" />}>
                  {t('refill.send')}
                </Button>
              }
            >
              <SelectField
                label={t('refill.medicine')}
                value={medicine()?.id ?? ''}
                options={[{ value: '', label: '' }, ...(medicines() ?? []).map(optionOf)]}
                error={missing(medicine()?.id ?? '')}
                onChange={medicineId => form.change({ medicineId })}
              />
              <SelectField
                label={t('refill.to')}
                value={contactId()}
                options={[
                  { value: '', label: '' },
                  ...contacts().map(one => ({ value: one.contactId, label: one.name })),
                ]}
                error={missing(contactId())}
                onChange={chosen => form.change({ contactId: chosen })}
              />
              <TextField
                label={t('refill.wish')}
                hint={t('refill.wishHint')}
                optional
                multiline
                maxLength={2000}
                value={form.draft().text}
                onInput={text => form.change({ text })}
              />
              <TextField
                label={t('refill.pharmacy')}
                optional
                maxLength={300}
                value={form.draft().pharmacy}
                onInput={pharmacy => form.change({ pharmacy })}
              />
              <Notice tone="warning">{t('message.notForEmergencies')}</Notice>
              <Show when={failure()}>
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

const optionOf = ({ id, title }: EntrySummary) => ({ value: id as string, label: title })

function NobodyToAsk() {
  return (
    <Notice actions={<LinkButton href="/people">{t('messages.toPeople')}</LinkButton>}>{t('messages.nobody')}</Notice>
  )
}
