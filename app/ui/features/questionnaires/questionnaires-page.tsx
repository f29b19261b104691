import ListChecks from 'lucide-solid/icons/list-checks'
import { For, Show } from 'solid-js'
import { INSTRUMENTS } from '#schema/questionnaires/instruments.ts'
import type { Instrument } from '#schema/questionnaires/instrument.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { readForm } from '#schema/questionnaires/form.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Page } from '../../parts/page.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { createRows } from '../../record/medicines/create-rows.ts'
import { titleOf, whenOf } from '../../record/words.ts'
import { useRecordPath, useRecordRights } from '../../session.ts'
import { isForm } from '../../record/questionnaires/find-form.ts'
import styles from '../../record/questionnaires/questionnaires.module.css'
import { createScoreRows, ScoreTrend, totalsOf } from '../../record/questionnaires/score-trend.tsx'

/** Questionnaires that can be filled in, and how their totals went. */
export function QuestionnairesPage() {
  const to = useRecordPath()
  const rows = createScoreRows()
  const others = createRows(() => ({ kinds: ['other'] }))
  const forms = () => (others() ?? []).filter(isForm)
  const answered = () => (rows() ?? []).filter(({ kind, codes }) => kind === 'answers' && codes.length === 0)
  return (
    <Page title={t('quest.title')} lead={t('quest.lead')} back={{ href: to('/plan') }} narrow>
      <div class={styles.cards}>
        <For each={INSTRUMENTS}>{instrument => <InstrumentCard instrument={instrument} rows={rows() ?? []} />}</For>
        <For each={forms()}>{form => <ImportedCard form={form} />}</For>
        <Show when={answered().length > 0}>
          <Card title={t('quest.answered')}>
            <EntryList label={t('quest.answered')}>
              <For each={answered()}>{entry => <EntryRow entry={entry} />}</For>
            </EntryList>
          </Card>
        </Show>
      </div>
    </Page>
  )
}

function InstrumentCard(props: { readonly instrument: Instrument; readonly rows: readonly EntrySummary[] }) {
  const last = () => totalsOf(props.rows, props.instrument).at(-1)
  return (
    <Card
      title={<bdi>{readForm(props.instrument.questionnaire).title}</bdi>}
      icon={<ListChecks />}
      action={<FillLink href={`/questionnaires/${props.instrument.id}`} name={props.instrument.id.toUpperCase()} />}
    >
      <p>{t(`quest.about.${props.instrument.id}`)}</p>
      <Show when={last()}>
        {found => (
          <p>{t('quest.last', { value: found().value, most: props.instrument.most, when: whenOf(found().entry) })}</p>
        )}
      </Show>
      <ScoreTrend instrument={props.instrument} rows={props.rows} />
    </Card>
  )
}

function ImportedCard(props: { readonly form: EntrySummary }) {
  return (
    <Card
      title={<bdi>{titleOf(props.form)}</bdi>}
      icon={<ListChecks />}
      action={<FillLink href={`/questionnaires/${props.form.id}`} name={titleOf(props.form)} />}
    >
      <p class={styles.soft}>{t('quest.imported')}</p>
    </Card>
  )
}

function FillLink(props: { readonly href: string; readonly name: string }) {
  const to = useRecordPath()
  const { mayChange, hasSection } = useRecordRights()
  return (
    <Show when={mayChange() && hasSection('functioning')}>
      <LinkButton href={to(props.href)}>
        {t('quest.fill')}
        <VisuallyHidden>: {props.name}</VisuallyHidden>
      </LinkButton>
    </Show>
  )
}
