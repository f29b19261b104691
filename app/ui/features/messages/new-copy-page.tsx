import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { createNewRequest, NewRequestPage } from './new-request-page.tsx'

/** Asks somebody who treats this person for a copy of what they have. */
export function NewCopyPage() {
  const form = createMessageDraft('copy', { text: '', contactId: '' })
  const request = createNewRequest('copy', form, () => {
    const { text } = form.draft()
    return text.trim() === '' ? undefined : { wish: text }
  })
  return (
    <NewRequestPage request={request} title={t('request.new.copy')} lead={t('request.lead.copy')}>
      <TextField
        label={t('copy.wish')}
        hint={t('copy.wishHint')}
        multiline
        maxLength={2000}
        value={form.draft().text}
        error={request.missing(form.draft().text)}
        onInput={text => form.change({ text })}
      />
    </NewRequestPage>
  )
}
