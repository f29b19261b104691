import { useSearchParams } from '@solidjs/router'
import { readForm } from '#schema/questionnaires/form.ts'
import { type Instrument, loincQuestionnaire } from '#schema/questionnaires/instrument.ts'
import { INSTRUMENTS } from '#schema/questionnaires/instruments.ts'
import { t } from '../../language/language.ts'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { createNewRequest, NewRequestPage } from './new-request-page.tsx'

/** Sends a questionnaire that comes with the app to somebody whom this person treats. */
export function NewQuestionnairePage() {
  const [search] = useSearchParams()
  const to = typeof search['to'] === 'string' ? search['to'] : ''
  const form = createMessageDraft(`questionnaire/${to}`, { text: '', instrument: '', contactId: to })
  const chosen = () => INSTRUMENTS.find(({ id }) => id === form.draft().instrument)
  const request = createNewRequest('questionnaire', form, () => {
    const instrument = chosen()
    return (
      instrument && { title: titleOf(instrument), form: loincQuestionnaire(instrument.loinc), words: form.draft().text }
    )
  })
  return (
    <NewRequestPage
      request={request}
      title={t('request.new.questionnaire')}
      lead={t('request.lead.questionnaire')}
      send={t('questionnaire.send')}
    >
      <SelectField
        label={t('questionnaire.which')}
        value={chosen()?.id ?? ''}
        options={[{ value: '', label: '' }, ...INSTRUMENTS.map(each => ({ value: each.id, label: titleOf(each) }))]}
        error={request.missing(chosen()?.id ?? '')}
        onChange={instrument => form.change({ instrument })}
      />
      <TextField
        label={t('request.words')}
        optional
        multiline
        maxLength={2000}
        value={form.draft().text}
        onInput={text => form.change({ text })}
      />
    </NewRequestPage>
  )
}

const titleOf = ({ questionnaire }: Instrument) => readForm(questionnaire).title
