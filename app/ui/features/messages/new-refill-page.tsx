import { useSearchParams } from '@solidjs/router'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { currentMedicines } from '../../record/medicines/current-medicines.ts'
import { useSession } from '../../session.ts'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { createNewRequest, NewRequestPage } from './new-request-page.tsx'

/** Asks somebody who treats this person for more of a medicine. */
export function NewRefillPage() {
  const session = useSession()
  const [search] = useSearchParams()
  const wanted = typeof search['medicine'] === 'string' ? search['medicine'] : ''
  const medicines = createAnswer(
    () => 'medicines',
    async () => currentMedicines(await session.timelineRows({ kinds: ['medicine'] }, 0, 1000)),
  )
  const form = createMessageDraft(`refill/${wanted}`, { text: '', pharmacy: '', contactId: '', medicineId: wanted })
  const medicine = () => (medicines() ?? []).find(({ id }) => id === form.draft().medicineId)
  const request = createNewRequest('refill', form, () => {
    const { text, pharmacy } = form.draft()
    const chosen = medicine()
    return chosen && { medicineId: chosen.id, medicineName: chosen.title, wish: text, pharmacy }
  })
  return (
    <NewRequestPage
      request={request}
      title={t('refill.new')}
      lead={t('refill.lead')}
      isReady={medicines() !== undefined}
      lacking={medicines()?.length === 0 ? t('refill.noMedicines') : undefined}
    >
      <SelectField
        label={t('refill.medicine')}
        value={medicine()?.id ?? ''}
        options={[{ value: '', label: '' }, ...(medicines() ?? []).map(optionOf)]}
        error={request.missing(medicine()?.id ?? '')}
        onChange={medicineId => form.change({ medicineId })}
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
    </NewRequestPage>
  )
}

const optionOf = ({ id, title }: EntrySummary) => ({ value: id as string, label: title })
