import { useSearchParams } from '@solidjs/router'
import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { createNewRequest, NewRequestPage } from './new-request-page.tsx'

/** Asks somebody who treats this person for an appointment; from their page, them. */
export function NewAppointmentPage() {
  const [search] = useSearchParams()
  const to = typeof search['to'] === 'string' ? search['to'] : ''
  const form = createMessageDraft(`appointment/${to}`, { text: '', wishes: '', contactId: to })
  const request = createNewRequest('appointment', form, () => {
    const { text, wishes } = form.draft()
    return text.trim() === '' ? undefined : { why: text, wishes }
  })
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
