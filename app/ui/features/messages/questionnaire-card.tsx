import { For, Show } from 'solid-js'
import type { RequestDetail } from '#app/core/request-session.ts'
import { asksForHelp } from '#schema/questionnaires/answer.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { answerWords } from '../../record/questionnaires/answer-words.ts'
import { CrisisHelp } from '../../record/questionnaires/crisis-help.tsx'
import styles from '../../record/questionnaires/questionnaires.module.css'
import { BandWords } from '../../record/questionnaires/score-trend.tsx'
import { answersIn } from '../../record/questionnaires/answers-in.ts'

/** The answers that were given last, what they add up to, and whether one of them asks for help at once. */
export function QuestionnaireCard(props: { readonly request: RequestDetail }) {
  const given = () => answersIn(props.request)
  return (
    <Show when={given()}>
      {known => (
        <>
          <Show when={asksForHelp(known().answers)}>
            <Show when={props.request.role === 'provider'} fallback={<CrisisHelp />}>
              <Notice tone="danger">{t('questionnaire.crisis', { names: formatList(props.request.people) })}</Notice>
            </Show>
          </Show>
          <Card title={t('questionnaire.answers')}>
            <Show when={known().instrument}>
              {instrument => (
                <>
                  <Show when={known().total !== undefined} fallback={<p>{t('quest.noTotal')}</p>}>
                    <p class={styles.total}>{t('quest.of', { value: known().total ?? 0, most: instrument().most })}</p>
                  </Show>
                  <BandWords instrument={instrument()} />
                </>
              )}
            </Show>
            <dl class={styles.answers}>
              <For each={known().answers}>
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
      )}
    </Show>
  )
}
