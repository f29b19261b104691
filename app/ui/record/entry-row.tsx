import Lock from 'lucide-solid/icons/lock'
import { For, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import type { EntrySource, EntrySummary } from '#schema/record/entry.ts'
import { language, t } from '../language/language.ts'
import { Dotted } from '../parts/dotted.tsx'
import { aroundName } from '../parts/named.tsx'
import { useRecordPath, useSettings } from '../session.ts'
import styles from './entry-row.module.css'
import { FlagMark } from './flag-mark.tsx'
import { formatDate, formatDay } from './format-when.ts'
import { KindIcon } from './kind-icon.tsx'
import { useNewResults } from './new-results.ts'
import { isCalledByKind, shortSourceOf, titleOf, valuePartsOf } from './words.ts'

const DocumentPicture = lazy(async () => ({ default: (await import('./document-picture.tsx')).DocumentPicture }))

interface EntryRowProps {
  readonly entry: EntrySummary
  /** `day` where a heading already says the month; `none` where the date is beside the point. */
  readonly date?: 'full' | 'day' | 'none'
  /** Leaves out the second line. */
  readonly brief?: boolean
  /** Leaves out what kind of entry it is, where all around it are of the same. */
  readonly ofOneKind?: boolean
  /** Where it leads, if not to its own page. */
  readonly href?: string | undefined
  /** Only to be read: leads nowhere. */
  readonly still?: boolean
  /** It is chosen by a press, which leads nowhere else. */
  readonly onChoose?: () => void
}

/** One entry as a link to its page, or to be chosen: what it is, its value, when, and where it came from. */
export function EntryRow(props: EntryRowProps) {
  const to = useRecordPath()
  const date = () => {
    const { when } = props.entry
    if (props.date === 'none' || when === undefined) return ''
    return props.date === 'day' ? formatDay(when, language()) : formatDate(when, language())
  }
  return (
    <Frame href={props.still ? undefined : (props.href ?? to(`/entry/${props.entry.id}`))} onChoose={props.onChoose}>
      <Show when={props.entry.kind === 'document'} fallback={<KindIcon kind={props.entry.kind} />}>
        <Suspense fallback={<KindIcon kind="document" />}>
          {/* A row may come to stand for another entry, a picture never. */}
          <Show when={props.entry.id} keyed>
            {id => <DocumentPicture id={id} />}
          </Show>
        </Suspense>
      </Show>
      <span class={styles.body}>
        <span class={styles.words}>
          <EntryTitle entry={props.entry} />
          <Show when={!props.brief}>
            <span class={styles.about}>
              <Dotted>
                <Show when={props.ofOneKind !== true && !isCalledByKind(props.entry)}>
                  <span>{t(`kind.${props.entry.kind}`)}</span>
                </Show>
                <Show when={props.entry.mergedFrom} fallback={<Source source={props.entry.source} />}>
                  {count => <span>{t('twice.from', { count: count() })}</span>}
                </Show>
              </Dotted>
            </span>
          </Show>
        </span>
        <Show when={date()}>
          <span class={styles.date}>{date()}</span>
        </Show>
      </span>
    </Frame>
  )
}

/** Who it came from. The name of a file keeps its own direction, and loses its end where there is no room. */
function Source(props: { readonly source: EntrySource }) {
  const file = () => {
    const { source } = props
    return source.type === 'import' && source.author === undefined && source.fileName !== ''
      ? source.fileName
      : undefined
  }
  const around = () => aroundName(name => t('source.import', { file: name }))
  return (
    <Show
      when={file()}
      fallback={
        <bdi classList={{ [styles.file ?? '']: props.source.type === 'import' }}>{shortSourceOf(props.source)}</bdi>
      }
    >
      {name => (
        <span class={styles.from}>
          <span>{around()[0]}</span>
          <bdi class={styles.file}>{name()}</bdi>
          <span>{around()[1]}</span>
        </span>
      )}
    </Show>
  )
}

function Frame(props: {
  readonly href: string | undefined
  readonly onChoose: (() => void) | undefined
  readonly children: JSX.Element
}) {
  return (
    <Switch fallback={<div class={styles.row}>{props.children}</div>}>
      <Match when={props.onChoose}>
        {choose => (
          <button type="button" class={styles.row} onClick={() => choose()()}>
            {props.children}
          </button>
        )}
      </Match>
      <Match when={props.href}>
        {href => (
          <a href={href()} class={styles.row}>
            {props.children}
          </a>
        )}
      </Match>
    </Switch>
  )
}

/** Read as what somebody has or takes now, unless it is said that it is over. */
const TAKEN_FOR_NOW: ReadonlySet<string> = new Set(['medicine', 'condition', 'allergy'])

function saysState({ status, kind, isNegated }: EntrySummary): boolean {
  if (status === 'past') return TAKEN_FOR_NOW.has(kind) && isNegated !== true
  return status === 'mistaken' || status === 'planned'
}

/** Title, value, and the state where it is not the usual one. */
function EntryTitle(props: { readonly entry: EntrySummary }) {
  const settings = useSettings()
  const newResults = useNewResults()
  const isWaiting = () => newResults.isWaiting(props.entry)
  return (
    <span class={styles.line}>
      <span
        classList={{ [styles.title ?? '']: true, [styles.mistaken ?? '']: props.entry.status === 'mistaken' }}
        dir="auto"
      >
        {titleOf(props.entry)}
      </span>
      <Show when={!isWaiting()} fallback={<span class={styles.state}>{t('first.row')}</span>}>
        <For each={valuePartsOf(props.entry, settings())}>
          {part => (
            <span
              classList={{
                [styles.value ?? '']: true,
                [styles.whole ?? '']: props.entry.value?.type === 'blood-pressure',
              }}
              dir="auto"
            >
              {part}
            </span>
          )}
        </For>
        <FlagMark entry={props.entry} />
      </Show>
      <Show when={saysState(props.entry)}>
        <span class={styles.state}>{t(`status.${props.entry.status}`)}</span>
      </Show>
      <Show when={props.entry.isPrivate}>
        <span class={styles.state}>
          <Lock size="0.9em" aria-hidden="true" />
          {t('private.mark')}
        </span>
      </Show>
    </span>
  )
}

/** A plain list of entries. */
export function EntryList(props: { readonly label?: string; readonly children: JSX.Element }) {
  return (
    <ul class={styles.list} aria-label={props.label}>
      {props.children}
    </ul>
  )
}
