import { createMemo, For, Show } from 'solid-js'
import { answersOf } from '#schema/record/answers.ts'
import type { EntryDetail } from '#schema/record/entry.ts'
import { parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { type Answer, asksForHelp, readAnswers, totalOf } from '#schema/questionnaires/answer.ts'
import { instrumentOf } from '#schema/questionnaires/instruments.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { answerWords } from './answer-words.ts'
import { CrisisHelp } from './crisis-help.tsx'
import styles from './questionnaires.module.css'
import { BandWords, createScoreRows, ScoreTrend } from './score-trend.tsx'

/** What was asked and answered, typed here or brought in; its total, what its authors say of totals, and how they went. */
export function AnswersCard(props: { readonly entry: EntryDetail }) {
  const read = createMemo(() => answersIn(props.entry))
  const instrument = () => instrumentOf(read().form)
  const total = () => {
    const found = instrument()
    return found && totalOf(found, read().answers)
  }
  const rows = createScoreRows()
  return (
    <>
      <Show when={asksForHelp(read().answers)}>
        <CrisisHelp />
      </Show>
      <Card title={t('quest.answers')}>
        <Show when={instrument()}>
          {found => (
            <>
              <Show when={total() !== undefined} fallback={<p>{t('quest.noTotal')}</p>}>
                <p class={styles.total}>{t('quest.of', { value: total() ?? 0, most: found().most })}</p>
              </Show>
              <BandWords instrument={found()} />
              <ScoreTrend instrument={found()} rows={rows() ?? []} />
            </>
          )}
        </Show>
        <dl class={styles.answers}>
          <For each={read().answers} fallback={<p>{t('quest.noAnswers')}</p>}>
            {answer => (
              <div>
                <dt dir="auto">{answer.text}</dt>
                <dd dir="auto">{answerWords(answer.value)}</dd>
              </div>
            )}
          </For>
        </dl>
      </Card>
    </>
  )
}

function answersIn({ fields, original }: EntryDetail): { readonly form?: string; readonly answers: readonly Answer[] } {
  if (fields?.kind === 'answers') {
    const answers = readAnswers(fields.answers)
    return { ...(fields.form === undefined ? {} : { form: fields.form }), answers: answers.ok ? answers.value : [] }
  }
  const resource = parseObject(original ?? '{}')
  const form = tokenOf(resource['questionnaire'])
  return { ...(form === undefined ? {} : { form }), answers: answersOf(resource) }
}
