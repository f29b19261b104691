import { createSignal, For, Show } from 'solid-js'
import { COLUMN_USES, DATE_ORDERS, type TableMapping } from '#app/core/table-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Form } from '../../parts/form.tsx'
import { Named } from '../../parts/named.tsx'
import { Notice } from '../../parts/notice.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { formatUnit } from '../../record/format-value.ts'
import { type ColumnsDraft, draftOfTable, isUnitOpen, mappingOf, unitsFor, withUnit, withUse } from './draft-columns.ts'
import styles from './import.module.css'
import type { ColumnsStep } from './import-step.ts'
import { columnName } from './table-read.tsx'

/** What each column of a table holds: proposed, and said by the person where it is not certain. */
export function TableColumnsCard(props: {
  readonly step: ColumnsStep
  readonly onRead: (columns: TableMapping) => void
  readonly onCancel: () => void
}) {
  const look = () => props.step.look
  const [draft, setDraft] = createSignal<ColumnsDraft>(draftOfTable(props.step.look))
  return (
    <Card takesFocus title={<Named words={file => t('table.title', { file })} name={props.step.fileName} />}>
      <p class={styles.soft}>{t('table.intro')}</p>
      <Show when={look().doubts.length > 0}>
        <Notice tone="warning">
          <ul class={styles.reasons}>
            <For each={look().doubts}>{doubt => <li>{t(`table.doubt.${doubt}`)}</li>}</For>
          </ul>
        </Notice>
      </Show>
      <Show when={look().isGuessedText}>
        <Notice tone="warning">{t('table.guessed')}</Notice>
      </Show>
      <Form
        onSubmit={() => props.onRead(mappingOf(draft()))}
        actions={
          <>
            <Button type="submit" tone="primary">
              {t('table.look')}
            </Button>
            <Button onClick={() => props.onCancel()}>{t('act.cancel')}</Button>
          </>
        }
      >
        <For each={look().header}>
          {(name, index) => (
            <ColumnFields
              name={columnName(name, index())}
              cells={look().rows.map(row => row[index()] ?? '')}
              index={index()}
              draft={draft()}
              onChange={setDraft}
            />
          )}
        </For>
        <TableFields step={props.step} draft={draft()} onChange={setDraft} />
      </Form>
    </Card>
  )
}

function ColumnFields(props: {
  readonly name: string
  readonly cells: readonly string[]
  readonly index: number
  readonly draft: ColumnsDraft
  readonly onChange: (draft: ColumnsDraft) => void
}) {
  const column = () => props.draft.columns[props.index]
  const use = () => column()?.use ?? 'left-out'
  const open = () => (props.draft.columns.some(each => each.use === 'unit') ? t('table.unit.row') : t('table.choose'))
  return (
    <fieldset class={styles.column}>
      <legend>
        <bdi>{props.name}</bdi>
      </legend>
      <p class={styles.soft}>
        <For each={props.cells}>
          {(cell, index) => (
            <>
              {index() > 0 ? ' · ' : ''}
              <bdi>{cell === '' ? t('table.empty') : cell}</bdi>
            </>
          )}
        </For>
      </p>
      <SelectField
        label={t('table.use')}
        value={use()}
        options={COLUMN_USES.map(value => ({ value, label: t(`table.use.${value}`) }))}
        onChange={value => props.onChange(withUse(props.draft, props.index, value))}
      />
      <Show when={unitsFor(use()).length > 1}>
        <SelectField
          label={t('table.unit')}
          value={column()?.unit ?? ''}
          options={[
            { value: '', label: open() },
            ...unitsFor(use()).map(value => ({ value, label: formatUnit(value) })),
          ]}
          error={isUnitOpen(props.draft, props.index) ? t('table.choose') : undefined}
          onChange={unit => props.onChange(withUnit(props.draft, props.index, unit))}
        />
      </Show>
    </fieldset>
  )
}

/** Of all rows alike: how dates and decimals are written, where the clock stood, whose rows they are. */
function TableFields(props: {
  readonly step: ColumnsStep
  readonly draft: ColumnsDraft
  readonly onChange: (draft: ColumnsDraft) => void
}) {
  const look = () => props.step.look
  const set = (change: Partial<ColumnsDraft>) => props.onChange({ ...props.draft, ...change })
  const errorIf = (isOpen: boolean) => (isOpen ? t('table.choose') : undefined)
  const choose = { value: '', label: t('table.choose') } as const
  const people = () => [
    { value: '', label: look().people.length > 1 ? t('table.choose') : t('table.person.all') },
    ...look().people.map(value => ({ value, label: value })),
  ]
  return (
    <>
      <Show when={look().hasDateOrder}>
        <SelectField
          label={t('table.dateOrder')}
          value={props.draft.dateOrder}
          options={[choose, ...DATE_ORDERS.map(value => ({ value, label: t(`table.dateOrder.${value}`) }))]}
          error={errorIf(props.draft.dateOrder === '')}
          onChange={dateOrder => set({ dateOrder })}
        />
      </Show>
      <SelectField
        label={t('table.decimal')}
        value={props.draft.decimal}
        options={[
          choose,
          { value: '.', label: t('table.decimal.point') },
          { value: ',', label: t('table.decimal.comma') },
        ]}
        error={errorIf(props.draft.decimal === '')}
        onChange={decimal => set({ decimal })}
      />
      <Show when={look().hasOpenZone}>
        <SelectField
          label={t('table.zone')}
          hint={t('table.zone.hint')}
          value={props.draft.zone}
          options={zonesWith(props.draft.zone).map(value => ({ value, label: value.replaceAll('_', ' ') }))}
          onChange={zone => set({ zone })}
        />
      </Show>
      <Show when={look().people.length > 0 && props.draft.columns.some(({ use }) => use === 'person')}>
        <SelectField
          label={t('table.person')}
          value={props.draft.person}
          options={people()}
          error={errorIf(look().people.length > 1 && props.draft.person === '')}
          onChange={person => set({ person })}
        />
      </Show>
    </>
  )
}

/** Every zone this browser knows, and the one that is chosen. */
function zonesWith(zone: string): readonly string[] {
  return [...new Set([zone, ...Intl.supportedValuesOf('timeZone')])].toSorted()
}
