import { createSignal, createUniqueId, For, Show } from 'solid-js'
import type { ImportPreview } from '#app/core/import-session.ts'
import type { TableLook } from '#app/core/table-session.ts'
import type { EntryKind } from '#schema/record/entry.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Named } from '../../parts/named.tsx'
import { Notice } from '../../parts/notice.tsx'
import { formatWhen } from '../../record/format-when.ts'
import { KindIcon } from '../../record/kind-icon.tsx'
import { useVault } from '../../session.ts'
import { CardChecks } from './card-checks.tsx'
import { ChangedSince } from './changed-since.tsx'
import { PeopleChoice } from './people-choice.tsx'
import { NewEntries } from './new-entries.tsx'
import type { KeepIssuer } from './issuer-words.ts'
import { TableRead } from './table-read.tsx'
import { KeepAsDocuments, ToldFiles } from './told-files.tsx'
import { UnusableExamples } from './unusable-examples.tsx'
import styles from './import.module.css'
import { LeftOut, leftOutAtFirst, SeriesChoice } from './series-choice.tsx'

/** What a file would bring, before anything is changed. */
export function ImportPreviewCard(props: {
  readonly preview: ImportPreview
  /** Of several files those that can only be kept as they are. */
  readonly papers?: { readonly files: readonly File[]; readonly onKeep: () => void }
  readonly onCommit: (leftOut: readonly string[], withOlder: boolean) => void
  readonly onCancel: () => void
  /** Of a file about several people: whose entries come in. */
  readonly onPeople: (places: readonly number[]) => void
  readonly onKeepIssuer: KeepIssuer
  /** Only a file that was chosen can be read otherwise. */
  readonly onChangeColumns?: (table: TableLook) => void
}) {
  /** Nothing can go to the wrong record where nothing is new. */
  const different = () => {
    const chosen = props.preview.people?.people.filter(({ isChosen }) => isChosen) ?? []
    const people = [props.preview.person, ...chosen].filter(person => person?.looksDifferent)
    return props.preview.newCount > 0 ? people[0] : undefined
  }
  const isDifferent = () => different() !== undefined
  const isOpen = () => props.preview.people?.people.every(({ isChosen }) => !isChosen) === true
  const [isSame, setSame] = createSignal(false)
  const mustSay = () => isDifferent() && !isSame()
  const reasonId = createUniqueId()
  const series = () => props.preview.series ?? []
  // The card is drawn anew for each preview.
  // eslint-disable-next-line solid/reactivity
  const [leftOut, setLeftOut] = createSignal(leftOutAtFirst(series()))
  const [withOlder, setWithOlder] = createSignal(false)
  const papers = () => props.papers?.files ?? []
  const isOnlyPapers = () => papers().length > 0 && papers().length === props.preview.files?.length
  const olderCount = () => props.preview.changes?.olderCount ?? 0
  /** Entries that would come in as it is ticked now. */
  const newCount = () =>
    series().reduce(
      (count, { key, isNew }) => (leftOut().includes(key) ? count - isNew : count),
      props.preview.newCount + (withOlder() ? olderCount() : 0),
    )
  return (
    <Card takesFocus title={<Named words={file => t('import.preview', { file })} name={nameOf(props.preview)} />}>
      <Show
        when={props.preview.files}
        fallback={<p class={styles.soft}>{t('import.format', { format: t(`format.${props.preview.format}`) })}</p>}
      >
        {files => <ToldFiles files={files()} />}
      </Show>
      <Show when={props.preview.people}>
        {people => (
          <PeopleChoice
            people={people()}
            onChange={places => {
              setSame(false)
              props.onPeople(places)
            }}
          />
        )}
      </Show>
      <Show when={props.preview.people === undefined && props.preview.person}>
        {person => <p>{aboutWords(person())}</p>}
      </Show>
      <CardChecks cards={props.preview.cards} onKeepIssuer={props.onKeepIssuer} />
      <Show when={props.preview.table}>{table => <TableRead table={table()} onChange={props.onChangeColumns} />}</Show>
      <Show when={props.preview.isPartial}>
        <Notice tone="warning" title={t('import.partial.title')}>
          {t('import.partial.text')}
        </Notice>
      </Show>
      <Show when={props.preview.byKind.length > 0}>
        <KindTable preview={props.preview} />
      </Show>
      <Show when={!isOpen() && props.preview.newCount + olderCount() === 0 && !isOnlyPapers()}>
        <Notice>{t(props.preview.alreadyThereCount > 0 ? 'import.nothingNew' : 'import.nothingUsable')}</Notice>
      </Show>
      <Show when={series().length > 0}>
        <SeriesChoice series={series()} leftOut={leftOut()} onChange={setLeftOut} />
        <Show when={props.preview.newCount > 0 && newCount() === 0}>
          <Notice>{t('apple.nothing')}</Notice>
        </Show>
      </Show>
      <Show when={props.preview.changes}>
        {changes => <ChangedSince changes={changes()} withOlder={withOlder()} onWithOlder={setWithOlder} />}
      </Show>
      <Show when={props.preview.keepsLink && props.preview.newCount > 0}>
        <p class={styles.soft}>{t('link.keeps')}</p>
      </Show>
      <LeftOut left={props.preview.left} />
      <Unusable preview={props.preview} />
      <Remarks preview={props.preview} />
      <KeepAsDocuments files={papers()} onKeep={newCount() > 0 || isOpen() ? undefined : props.papers?.onKeep} />
      <Show when={isDifferent()}>
        <DifferentPerson name={different()?.name ?? ''} isSame={isSame()} onChange={setSame} />
      </Show>
      <Show when={mustSay()}>
        <p class={styles.soft} id={reasonId}>
          {t('import.different.wait')}
        </p>
      </Show>
      <div class={styles.actions}>
        <Show when={newCount() > 0}>
          <Button
            tone="primary"
            disabled={mustSay()}
            aria-describedby={mustSay() ? reasonId : undefined}
            onClick={() => props.onCommit(leftOut(), withOlder())}
          >
            {t('import.commit', { count: newCount() })}
          </Button>
        </Show>
        <Button onClick={() => props.onCancel()}>{t('act.cancel')}</Button>
      </div>
    </Card>
  )
}

const nameOf = ({ files, fileName }: ImportPreview) =>
  files === undefined ? fileName : t('import.files', { count: files.length })

function aboutWords(person: NonNullable<ImportPreview['person']>): string {
  const { name, birthDate } = person
  if (birthDate === undefined) return t('import.person', { name })
  const date = formatWhen({ text: birthDate }, language(), 'long')
  return name === '' ? t('import.personUnnamed', { date }) : t('import.personBorn', { name, date })
}

function DifferentPerson(props: {
  readonly name: string
  readonly isSame: boolean
  readonly onChange: (isSame: boolean) => void
}) {
  const vault = useVault()
  const me = () => {
    const state = vault()
    return state.kind === 'open' ? state.personName : ''
  }
  return (
    <Notice tone="warning" alert title={t('import.different.title')}>
      <p>
        {props.name === ''
          ? t('import.different.unnamed', { me: me() })
          : t('import.different.text', { name: props.name, me: me() })}
      </p>
      <CheckField label={t('import.different.confirm')} checked={props.isSame} onChange={props.onChange} />
    </Notice>
  )
}

function KindTable(props: { readonly preview: ImportPreview }) {
  /** One kind may stand in two sections: problems of today and of the past. */
  const isTwice = (kind: EntryKind) => props.preview.byKind.filter(row => row.kind === kind).length > 1
  const sumOf = (what: 'isNew' | 'alreadyThere') => props.preview.byKind.reduce((sum, row) => sum + row[what], 0)
  const hasThere = () => sumOf('alreadyThere') > 0
  const changedCount = () => props.preview.changes?.count ?? 0
  const columnCount = () => 2 + Number(changedCount() > 0) + Number(hasThere())
  return (
    <table class={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('import.kind')}</th>
          <th scope="col">{t('import.new')}</th>
          <Show when={changedCount() > 0}>
            <th scope="col">{t('changed.column')}</th>
          </Show>
          <Show when={hasThere()}>
            <th scope="col">{t('import.there')}</th>
          </Show>
        </tr>
      </thead>
      <tbody>
        <For each={props.preview.byKind}>
          {row => (
            <>
              <tr classList={{ [styles.unfolds ?? '']: row.told !== undefined }}>
                <th scope="row">
                  <span class={styles.kind}>
                    <KindIcon kind={row.kind} />
                    <span>
                      {t(`kinds.${row.kind}`)}
                      <Show when={isTwice(row.kind)}>
                        <span class={styles.soft}>{t(`section.${row.section}`)}</span>
                      </Show>
                    </span>
                  </span>
                </th>
                <td>{t('count', { count: row.isNew })}</td>
                <Show when={changedCount() > 0}>
                  <td>{t('count', { count: row.changed ?? 0 })}</td>
                </Show>
                <Show when={hasThere()}>
                  <td>{t('count', { count: row.alreadyThere })}</td>
                </Show>
              </tr>
              <Show when={row.told}>
                {told => (
                  <tr class={styles.foldRow}>
                    <td colspan={columnCount()}>
                      <NewEntries told={told()} count={row.isNew} />
                    </td>
                  </tr>
                )}
              </Show>
            </>
          )}
        </For>
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('import.total')}</th>
          <td>{t('count', { count: sumOf('isNew') })}</td>
          <Show when={changedCount() > 0}>
            <td>{t('count', { count: changedCount() })}</td>
          </Show>
          <Show when={hasThere()}>
            <td>{t('count', { count: sumOf('alreadyThere') })}</td>
          </Show>
        </tr>
      </tfoot>
    </table>
  )
}

function Unusable(props: { readonly preview: ImportPreview }) {
  const total = () => props.preview.unusable.reduce((sum, each) => sum + each.count, 0)
  return (
    <Show when={total() > 0}>
      <Notice tone="warning" title={t('import.unusable', { count: total() })}>
        <ul class={styles.reasons}>
          <For each={props.preview.unusable}>
            {each => (
              <li>
                {t(`unusable.${each.reason}`, { count: each.count })}
                <UnusableExamples reason={each.reason} examples={each.examples} />
              </li>
            )}
          </For>
        </ul>
      </Notice>
    </Show>
  )
}

function Remarks(props: { readonly preview: ImportPreview }) {
  return (
    <Show when={props.preview.remarks.length > 0}>
      <Notice title={t('import.remarks')}>
        <ul class={styles.reasons}>
          <For each={props.preview.remarks}>{each => <li>{t(`remark.${each.reason}`, { count: each.count })}</li>}</For>
        </ul>
      </Notice>
    </Show>
  )
}
