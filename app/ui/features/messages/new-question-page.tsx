import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useRecordPath } from '../../session.ts'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import styles from '../../record/messages/messages.module.css'
import { createEntryAsked, EntryAsked, WithEntry } from './new-entry-request.tsx'
import { createNewRequest, NewRequestPage } from './new-request-page.tsx'

/** Asks somebody who treats this person about a result. */
export function NewQuestionPage() {
  const to = useRecordPath()
  const asked = createEntryAsked()
  const form = createMessageDraft(`question/${asked.id ?? ''}`, { text: '', contactId: '' })
  const request = createNewRequest('question', form, () => {
    const [entry, { text }] = [asked.said(), form.draft()]
    return entry === undefined || text.trim() === '' ? undefined : { ...entry, question: text }
  })
  const frame = () => ({ title: t('request.new.question'), lead: t('request.lead.question') })
  return (
    <WithEntry id={asked.id} {...frame()}>
      <NewRequestPage request={request} {...frame()}>
        <EntryAsked entry={asked.entry()} receivers={request.receivers()} />
        <TextField
          label={t('request.question')}
          multiline
          maxLength={2000}
          value={form.draft().text}
          error={request.missing(form.draft().text)}
          onInput={text => form.change({ text })}
        />
        <div class={styles.list}>
          <p class={styles.soft}>{t('request.byMessage.about')}</p>
          <div>
            <LinkButton href={to(`/messages/new?entry=${asked.id ?? ''}`)}>{t('request.byMessage')}</LinkButton>
          </div>
        </div>
      </NewRequestPage>
    </WithEntry>
  )
}
