import { createMemo, For, type JSX, Show } from 'solid-js'
import type { EntryDetail, EntryKind, EntrySummary } from '#schema/record/entry.ts'
import { formatTime } from '../../language/format.ts'
import { acceptedWords } from '../../record/accepted-words.ts'
import { t } from '../../language/language.ts'
import { whenAndBy } from '../../record/words.ts'
import { useRecordRights, useSettings } from '../../session.ts'
import { codeSystemName } from '#schema/codes/system-names.ts'
import styles from './entry.module.css'
import { fieldRows } from '../../record/field-words.ts'
import { originalRows } from '../../record/original-rows.ts'

function Fact(props: { readonly label: string; readonly children: JSX.Element }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        <bdi>{props.children}</bdi>
      </dd>
    </div>
  )
}

/** What the entry says: what was typed where it was typed, else what the index and the original say. */
export function Facts(props: { readonly entry: EntryDetail }) {
  const settings = useSettings()
  const summary = () => props.entry.summary
  return (
    <dl class={styles.facts}>
      <Show when={props.entry.fields} fallback={<ImportedFacts entry={props.entry} />}>
        {fields => (
          <For each={fieldRows(fields(), settings())}>{row => <Fact label={row.label}>{row.value}</Fact>}</For>
        )}
      </Show>
      <Show when={summary().codes.length > 0}>
        <div>
          <dt>{t('entry.codes')}</dt>
          <dd>
            <ul class={styles.codes}>
              <For each={summary().codes}>
                {coding => (
                  <li>
                    {coding.display ?? ''}{' '}
                    <bdi class={styles.code}>
                      {[coding.system && codeSystemName(coding.system), coding.code].filter(Boolean).join(' ')}
                    </bdi>
                  </li>
                )}
              </For>
            </ul>
          </dd>
        </div>
      </Show>
    </dl>
  )
}

/** Kinds that can be over: for the others "active" says nothing. */
const LASTING: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'condition',
  'allergy',
  'medicine',
  'device',
  'alert',
  'care-plan',
  'goal',
  'coverage',
  'pregnancy',
])

/** The value stands large above; here is what else the index knows, and of the original what people look for. */
function ImportedFacts(props: { readonly entry: EntryDetail }) {
  const summary = (): EntrySummary => props.entry.summary
  const saysStatus = () => LASTING.has(summary().kind) || ['planned', 'mistaken'].includes(summary().status)
  const told = createMemo(() => originalRows(props.entry))
  return (
    <>
      <Show when={saysStatus()}>
        <Fact label={t('field.status')}>{t(`status.${summary().status}`)}</Fact>
      </Show>
      <For each={told()}>{row => <Fact label={row.label}>{row.value}</Fact>}</For>
      <Fact label={t('entry.section')}>{t(`section.${summary().section}`)}</Fact>
    </>
  )
}

/** Where the entry came from and when it was touched. */
export function Origin(props: { readonly entry: EntryDetail }) {
  const source = () => props.entry.summary.source
  const { isOwn } = useRecordRights()
  const isCorrected = () => props.entry.fields !== undefined && props.entry.original !== undefined
  const file = () => {
    const from = source()
    return from.type === 'import' ? from : undefined
  }
  return (
    <dl class={styles.facts}>
      <Show
        when={file()}
        fallback={
          <Show when={props.entry.acceptedAt === undefined}>
            <Fact label={t('entry.source')}>{t('source.self')}</Fact>
          </Show>
        }
      >
        {from => (
          <>
            <Show when={from().fileName}>{name => <Fact label={t('entry.file')}>{name()}</Fact>}</Show>
            <Show when={from().author}>{author => <Fact label={t('entry.author')}>{author()}</Fact>}</Show>
          </>
        )}
      </Show>
      <Show
        when={props.entry.acceptedAt}
        fallback={
          <Fact label={t('entry.addedAt')}>{whenAndBy(formatTime(props.entry.addedAt), props.entry.addedBy)}</Fact>
        }
      >
        {at => (
          <Fact label={t('entry.from')}>{acceptedWords(at(), props.entry.addedBy, isOwn, props.entry.isUnasked)}</Fact>
        )}
      </Show>
      <Show when={props.entry.changedAt > props.entry.addedAt}>
        <Fact label={t(isCorrected() ? 'entry.correctedAt' : 'entry.changedAt')}>
          {whenAndBy(formatTime(props.entry.changedAt), props.entry.changedBy)}
        </Fact>
      </Show>
    </dl>
  )
}
