import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { OfferedTime } from '#schema/messages/item.ts'
import { MAX_WANTED } from '#schema/requests/appointment.ts'
import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { useSession } from '../../session.ts'
import { createNewRequest, NewRequestPage } from './new-request-page.tsx'
import { ShownTimesChoice } from './shown-times-choice.tsx'

/** Asks somebody who treats this person for an appointment; from their page, them. */
export function NewAppointmentPage() {
  const [search] = useSearchParams()
  const to = typeof search['to'] === 'string' ? search['to'] : ''
  const form = createMessageDraft(`appointment/${to}`, {
    text: '',
    wishes: '',
    contactId: to,
    wanted: [] as readonly string[],
  })
  const request = createNewRequest('appointment', form, () => {
    const { text, wishes } = form.draft()
    const slots = wanted()
    if (text.trim() === '' || slots.length > MAX_WANTED) return undefined
    return { why: text, wishes, ...(slots.length > 0 && { slots }) }
  })
  const session = useSession()
  const [times, setTimes] = createSignal<readonly OfferedTime[]>([])
  createEffect(
    on(request.contactId, contactId => {
      setTimes([])
      const stop = session.watchShownTimes(contactId, setTimes)
      onCleanup(() => void stop.then(each => each()))
    }),
  )
  /** What is gone meanwhile is not asked for. */
  const wanted = () => times().filter(({ startsAt }) => form.draft().wanted.includes(startsAt))
  return (
    <NewRequestPage request={request} title={t('request.new.appointment')} lead={t('request.lead.appointment')}>
      <TextField
        label={t('appointment.why')}
        multiline
        maxLength={2000}
        value={form.draft().text}
        error={request.missing(form.draft().text)}
        onInput={text => form.change({ text })}
      />
      <ShownTimesChoice
        name={request.receivers()[0]?.name ?? ''}
        times={times()}
        chosen={wanted().map(({ startsAt }) => startsAt)}
        error={wanted().length > MAX_WANTED ? t('slots.of.most') : undefined}
        onChange={chosen => form.change({ wanted: chosen })}
      />
      <TextField
        label={t('appointment.wishes')}
        hint={t('appointment.wishesHint')}
        optional
        multiline
        maxLength={2000}
        value={form.draft().wishes}
        onInput={wishes => form.change({ wishes })}
      />
    </NewRequestPage>
  )
}
