import { Show } from 'solid-js'
import { type Instant, instant } from '#schema/instant.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { useTrueNow } from '../../session.ts'

/** Until when somebody manages the record, as it is typed. */
export interface EndDraft {
  readonly ends: 'open' | 'date'
  /** Day of this device's zone, may be empty. */
  readonly date: string
}

export function EndFields(props: { readonly draft: EndDraft; readonly onChange: (draft: EndDraft) => void }) {
  const now = useTrueNow()
  return (
    <>
      <RadioGroup
        label={t('share.until')}
        value={props.draft.ends}
        options={(['open', 'date'] as const).map(value => ({ value, label: t(`share.until.${value}`) }))}
        onChange={ends => props.onChange({ ...props.draft, ends })}
      />
      <Show when={props.draft.ends === 'date'}>
        <TextField
          label={t('share.date')}
          type="date"
          min={localDateTime(new Date(now())).date}
          value={props.draft.date}
          onInput={date => props.onChange({ ...props.draft, date })}
        />
      </Show>
    </>
  )
}

export const isDateMissing = ({ ends, date }: EndDraft) => ends === 'date' && date === ''

/** The last millisecond of the day by this device's clock; undefined: without an end. */
export function endOf({ ends, date }: EndDraft): Instant | undefined {
  return ends === 'date' ? instant(new Date(`${date}T23:59:59.999`).getTime()) : undefined
}

export function draftOf(until: Instant | undefined): EndDraft {
  return until === undefined ? { ends: 'open', date: '' } : { ends: 'date', date: localDateTime(new Date(until)).date }
}
