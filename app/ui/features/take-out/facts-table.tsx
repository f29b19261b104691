import { For } from 'solid-js'
import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import type { Column } from '#app/core/exchange/report/columns.ts'
import { isOut } from '#schema/record/fhir/result-flag.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { formatWhen } from '../../record/format-when.ts'
import { shortSourceOf, titleOf, valueWithoutPulse } from '../../record/words.ts'
import { useSettings } from '../../session.ts'
import type { ReaderUnits } from '../../record/units.ts'
import styles from './paper.module.css'

type Told = Extract<
  Column,
  | 'what'
  | 'value'
  | 'pulse'
  | 'range'
  | 'flag'
  | 'reaction'
  | 'severity'
  | 'directions'
  | 'reason'
  | 'when'
  | 'until'
  | 'note'
  | 'source'
>

const CELLS: Readonly<Record<Told, (facts: EntryFacts, reader: ReaderUnits) => string>> = {
  what: ({ summary }) => titleOf(summary),
  value: ({ summary }, reader) => valueWithoutPulse(summary, reader),
  pulse: ({ summary: { value } }) =>
    value?.type === 'blood-pressure' && value.pulsePerMinute !== undefined ? formatNumber(value.pulsePerMinute) : '',
  range: facts => facts.range ?? '',
  flag: ({ summary: { flag } }) => (flag === undefined ? '' : t(`flag.${flag}`)),
  reaction: facts => facts.reaction ?? '',
  severity: ({ severity }) => severityWords(severity),
  directions: facts => facts.directions ?? '',
  reason: facts => facts.reason ?? '',
  when: ({ summary }) => (summary.when === undefined ? '' : formatWhen(summary.when, language())),
  until: ({ until }) => (until === undefined ? '' : formatWhen({ text: until }, language())),
  note: facts => facts.note ?? '',
  source: ({ summary }) => (summary.source.type === 'self' ? t('file.patientSaid') : shortSourceOf(summary.source)),
}

function severityWords(severity: string | undefined): string {
  if (severity === 'mild' || severity === 'moderate' || severity === 'severe') return t(`form.allergy.${severity}`)
  return severity ?? ''
}

/** Entries as a table on paper; columns that no entry fills are left out. */
export function FactsTable(props: {
  readonly caption: string
  readonly columns: readonly Told[]
  readonly rows: readonly EntryFacts[]
}) {
  const settings = useSettings()
  const cell = (column: Told, facts: EntryFacts) => CELLS[column](facts, settings())
  const columns = () => props.columns.filter(column => props.rows.some(facts => cell(column, facts) !== ''))
  return (
    // Wider than a phone: it scrolls by itself, also by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must take the focus
    <section class={styles.wide} tabindex="0" aria-label={props.caption}>
      <table class={styles.table}>
        <caption>
          <VisuallyHidden>{props.caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <For each={columns()}>{column => <th scope="col">{t(`column.${column}`)}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {facts => (
              <tr>
                <For each={columns()}>
                  {column => (
                    <td data-column={column}>
                      <bdi data-out={column === 'flag' && isOut(facts.summary.flag) ? '' : undefined}>
                        {cell(column, facts)}
                      </bdi>
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  )
}
