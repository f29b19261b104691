import { useParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { RequestDetail, RequestFailure } from '#app/core/request-session.ts'
import { readForm } from '#schema/questionnaires/form.ts'
import { instrumentOf } from '#schema/questionnaires/instruments.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { requestFailureWords } from '../../record/messages/request-words.ts'
import { answersIn } from '../../record/questionnaires/answers-in.ts'
import type { FoundForm } from '../../record/questionnaires/find-form.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { type EntryDoor, EntryDoorContext } from './entry-door.ts'
import { Questions } from './fill-page.tsx'

/** A questionnaire that somebody sent: its answers go back to them, and into one's own record. */
export function AnswerRequestPage() {
  const to = useRecordPath()
  const params = useParams()
  const session = useSession()
  const place = { conversationId: params.conversationId ?? '', requestId: params.requestId ?? '' }
  const path = to(`/messages/${place.conversationId}/request/${place.requestId}`)
  const told = createWatch<{ readonly request: RequestDetail | undefined }>(listener =>
    session.watchRequest(place, request => listener({ request })),
  )
  const request = () => told()?.request
  const isAsked = () => request()?.kind === 'questionnaire' && request()?.next.includes('answer') === true
  const [failure, setFailure] = createSignal<RequestFailure>()
  const door: EntryDoor = {
    act: 'questionnaire.sendAnswers',
    async give([entry]) {
      setFailure()
      if (entry?.kind !== 'answers') return undefined
      const { answers, answeredAt } = entry
      const taken = await session.takeStep(place, { kind: 'answer', data: { answers, answeredAt } })
      if (taken.ok) return { path, words: t('questionnaire.answersSent') }
      return void setFailure(taken.failure)
    },
  }
  return (
    <Page
      title={request()?.title || t('quest.untitled')}
      windowTitle={t('quest.title')}
      lead={<bdi>{t('questionnaire.goesTo', { names: formatList(request()?.people ?? []) })}</bdi>}
      back={{ href: path }}
      narrow
    >
      <Show when={told()} fallback={<output>{t('app.loading')}</output>}>
        <Show when={isAsked()} fallback={<Notice>{t('questionnaire.notNow')}</Notice>}>
          <Show when={formOf(request())} keyed fallback={<Notice>{t('questionnaire.unknown')}</Notice>}>
            {found => (
              <EntryDoorContext.Provider value={door}>
                <Questions found={found} title={request()?.title ?? ''} given={answersIn(request()!)?.answers} />
              </EntryDoorContext.Provider>
            )}
          </Show>
        </Show>
      </Show>
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {requestFailureWords(failed())}
          </Notice>
        )}
      </Show>
    </Page>
  )
}

/** One that comes with the app, the same each time: what was typed stays while the request is told anew. */
function formOf(request: RequestDetail | undefined): FoundForm | undefined {
  const form = request?.history[0]?.data['form']
  const instrument = instrumentOf(typeof form === 'string' ? form : undefined)
  if (instrument === undefined) return undefined
  return (FORMS[instrument.id] ??= { form: readForm(instrument.questionnaire), instrument, language: 'en' })
}

const FORMS: Record<string, FoundForm> = {}
