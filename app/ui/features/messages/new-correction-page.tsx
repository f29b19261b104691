import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { createEntryAsked, EntryAsked, WithEntry } from './new-entry-request.tsx'
import { createNewRequest, NewRequestPage } from './new-request-page.tsx'

/** Asks whoever wrote an entry to put it right. */
export function NewCorrectionPage() {
  const asked = createEntryAsked()
  const form = createMessageDraft(`correction/${asked.id ?? ''}`, { text: '', shouldSay: '', contactId: '' })
  const request = createNewRequest('correction', form, () => {
    const { text, shouldSay } = form.draft()
    const entry = asked.said()
    const isWhole = entry !== undefined && text.trim() !== '' && shouldSay.trim() !== ''
    return isWhole ? { ...entry, wrong: text, shouldSay } : undefined
  })
  const frame = () => ({ title: t('request.new.correction'), lead: t('request.lead.correction') })
  return (
    <WithEntry id={asked.id} {...frame()}>
      <NewRequestPage request={request} {...frame()}>
        <EntryAsked entry={asked.entry()} receivers={request.receivers()} />
        <TextField
          label={t('correction.wrong')}
          multiline
          maxLength={2000}
          value={form.draft().text}
          error={request.missing(form.draft().text)}
          onInput={text => form.change({ text })}
        />
        <TextField
          label={t('correction.shouldSay')}
          multiline
          maxLength={2000}
          value={form.draft().shouldSay}
          error={request.missing(form.draft().shouldSay)}
          onInput={shouldSay => form.change({ shouldSay })}
        />
      </NewRequestPage>
    </WithEntry>
  )
}
