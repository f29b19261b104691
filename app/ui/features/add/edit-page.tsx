import { useParams, useSearchParams } from '@solidjs/router'
import { createMemo, Match, Show, Switch } from 'solid-js'
import type { RequestDetail, RequestPlace } from '#app/core/request-session.ts'
import { isDescribedKind } from '#schema/record/described/kinds.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { isolated } from '../../language/isolated.ts'
import { readEntry } from '../../record/read-entry.ts'
import { useWayOut } from '../../record/way-out.ts'
import { createWatch, useOwnSession, useRecordPath, useSession } from '../../session.ts'
import { EntryFormFor } from './entry-form.tsx'

/** Answers are of one time, and a link is made or taken away: neither is typed anew. */
const typedIn = (fields: EntryFields | undefined) =>
  fields?.kind === 'answers' || fields?.kind === 'link' ? undefined : fields

/** The same form over what was saved. It starts from the entry as it is now; a change made elsewhere meanwhile is merged field by field. */
export function EditPage() {
  const params = useParams()
  const session = useSession()
  const answer = createAnswer(
    () => params.id,
    async id => ({ entry: await readEntry(session, id) }),
  )
  const entry = createMemo(() => answer()?.entry)
  const to = useRecordPath()
  const way = useWayOut()
  const back = () => way.back(to(`/entry/${params.id}`))
  return (
    <Switch>
      <Match when={answer() !== undefined && entry() === undefined}>
        <Page title={t('act.edit')} back={{ href: to('/timeline') }} narrow>
          <Notice>{t('add.gone')}</Notice>
        </Page>
      </Match>
      <Match when={typedIn(entry()?.fields)} keyed>
        {fields => (
          <Page title={titleOf('edit', fields.kind)} back={back()} narrow>
            <Agreed />
            <EntryFormFor kind={fields.kind} fields={fields} id={entry()!.summary.id} />
          </Page>
        )}
      </Match>
      <Match when={typedIn(entry()?.correctionDraft)} keyed>
        {fields => (
          <Page title={titleOf('correct', fields.kind)} lead={t('add.correct.text')} back={back()} narrow>
            <Agreed />
            <EntryFormFor kind={fields.kind} fields={fields} id={entry()!.summary.id} />
          </Page>
        )}
      </Match>
      <Match when={entry()}>
        <Page title={t('act.edit')} back={back()} narrow>
          <Agreed />
          <Notice>{t('add.notEditable')}</Notice>
        </Page>
      </Match>
    </Switch>
  )
}

/** Where a correction was asked for and accepted: what the entry should say, beside the form that it is typed into. */
function Agreed() {
  const [search] = useSearchParams()
  const place = () => {
    const [conversationId, requestId] = [search['conversation'], search['request']]
    return typeof conversationId === 'string' && typeof requestId === 'string'
      ? { conversationId, requestId }
      : undefined
  }
  return (
    <Show when={place()} keyed>
      {each => <AgreedIn place={each} />}
    </Show>
  )
}

function AgreedIn(props: { readonly place: RequestPlace }) {
  const session = useOwnSession()
  const told = createWatch<{ readonly request: RequestDetail | undefined }>(listener =>
    session.watchRequest(props.place, request => listener({ request })),
  )
  const words = () => {
    const { kind, history } = told()?.request ?? {}
    const said = kind === 'correction' ? history?.[0]?.data['shouldSay'] : undefined
    return typeof said === 'string' ? said : undefined
  }
  return <Show when={words()}>{text => <Notice>{t('correction.agreed', { text: isolated(text()) })}</Notice>}</Show>
}

function titleOf(act: 'edit' | 'correct', kind: Exclude<EntryFields['kind'], 'answers' | 'link'>): string {
  if (kind === 'annotation') return t('annotation.edit')
  return isDescribedKind(kind) ? t(`add.${act}Of`, { kind: t(`kind.${kind}`) }) : t(`add.${act}.${kind}`)
}
