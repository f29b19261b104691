import { type EntryId, STOCK_CHANGES, type StockFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { NoteField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import { checkStock, draftOfStock } from './draft-dose.ts'
import { errorWords, FormFrame } from './form-frame.tsx'
import styles from './form.module.css'

/** What was fetched, counted or lost: new, of a medicine, or the entry `id`. */
export function StockForm(props: {
  readonly fields: StockFields
  readonly id?: EntryId | undefined
  /** Of a new one: where to go then. */
  readonly after?: string
  /** Of a new one: its medicine is private, and so is this. */
  readonly isPrivate?: boolean
}) {
  const form = createEntryForm({
    initial: draftOfStock(props.fields, props.id === undefined),
    id: props.id,
    check: draft => checkStock(draft, Date.now()),
    ...(props.after === undefined ? {} : { after: props.after }),
    isPrivate: props.isPrivate === true,
  })
  return (
    <FormFrame form={form} takesNoFiles>
      <p>
        <strong>
          <bdi>{props.fields.medicineName}</bdi>
        </strong>
      </p>
      <RadioGroup
        label={t('field.change')}
        value={form.draft().change}
        options={STOCK_CHANGES.map(value => ({
          value,
          label: t(`stock.${value}`),
          about: t(`stock.${value}.about`),
        }))}
        onChange={change => form.change({ change })}
      />
      <div class={styles.pair}>
        <TextField
          label={t('field.amount')}
          inputMode="decimal"
          value={form.draft().amount}
          onInput={amount => form.change({ amount })}
          error={errorWords(form.errorOf('amount'))}
        />
        <TextField
          label={t('field.unit')}
          value={form.draft().unit}
          onInput={unit => form.change({ unit })}
          error={errorWords(form.errorOf('unit'))}
        />
      </div>
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
      <NoteField form={form} />
    </FormFrame>
  )
}
