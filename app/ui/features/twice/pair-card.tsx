import { createSignal, Show } from 'solid-js'
import { factsOf } from '#app/core/exchange/report/entry-facts.ts'
import type { SameWhy, SeenTwice } from '#app/core/twice-session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { compareFacts } from '../../record/compare-facts.ts'
import { ComparedTable } from '../../record/compared-table.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { readEntry } from '../../record/read-entry.ts'
import { shortSourceOf, titleOf } from '../../record/words.ts'
import { useRecordPath, useSession, useSettings } from '../../session.ts'
import styles from './twice.module.css'

const WHY = {
  'vaccine-and-day': 'twice.why.vaccine',
  'test-day-and-value': 'twice.why.result',
  reading: 'twice.why.reading',
  'procedure-and-day': 'twice.why.procedure',
  visit: 'twice.why.visit',
  'title-and-day': 'twice.why.title',
  file: 'twice.why.file',
  allergy: 'twice.why.allergy',
  condition: 'twice.why.condition',
  'medicine-taken': 'twice.why.medicineTaken',
  'medicine-begun': 'twice.why.medicineBegun',
} as const satisfies Record<SameWhy, PlainKey>

/** Two entries side by side, why they are shown, and what can be said of them. */
export function PairCard(props: {
  readonly pair: SeenTwice
  readonly onAnswer: (said: 'same' | 'different') => Promise<void>
  readonly onLater: () => void
}) {
  const session = useSession()
  const settings = useSettings()
  const [saving, setSaving] = createSignal<'same' | 'different'>()
  const details = createAnswer(
    () => props.pair,
    ({ one, other }) => Promise.all([readEntry(session, one.id), readEntry(session, other.id)]),
  )
  const rows = () => {
    const [one, other] = details() ?? []
    if (one === undefined || other === undefined) return undefined
    return compareFacts(factsOf(one), factsOf(other), settings().units)
  }
  const title = () => titleOf(props.pair.one)
  const say = async (said: 'same' | 'different') => {
    setSaving(said)
    await props.onAnswer(said)
    setSaving(undefined)
  }
  const named = (act: string) => `${act}: ${title()}`
  return (
    <Card title={<bdi>{title()}</bdi>}>
      <p class={styles.soft}>{t(WHY[props.pair.why])}</p>
      <Show when={rows()} fallback={<output>{t('app.loading')}</output>}>
        {compared => (
          <ComparedTable
            label={title()}
            one={<Source entry={props.pair.one} />}
            other={<Source entry={props.pair.other} />}
            rows={compared()}
          />
        )}
      </Show>
      <div class={styles.acts}>
        <Button
          tone="primary"
          busy={saving() === 'same'}
          aria-label={named(t('twice.same'))}
          onClick={() => void say('same')}
        >
          {t('twice.same')}
        </Button>
        <Button
          busy={saving() === 'different'}
          aria-label={named(t('twice.different'))}
          onClick={() => void say('different')}
        >
          {t('twice.different')}
        </Button>
        <Button tone="plain" aria-label={named(t('twice.later'))} onClick={() => props.onLater()}>
          {t('twice.later')}
        </Button>
      </div>
    </Card>
  )
}

/** Where it came from, as a way to its page. */
function Source(props: { readonly entry: EntrySummary }) {
  const to = useRecordPath()
  return (
    <a href={to(`/entry/${props.entry.id}`)}>
      <bdi>{shortSourceOf(props.entry.source)}</bdi>
    </a>
  )
}
