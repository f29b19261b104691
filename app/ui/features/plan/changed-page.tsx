import { createMemo, createSignal, For, Show } from 'solid-js'
import type { ChangedRows, WhatChanged } from '#app/core/history-session.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { useNewResults } from '../../record/new-results.ts'
import { useRecordPath, useSession } from '../../session.ts'
import { ChangedEntries } from './changed-entries.tsx'
import styles from './plan.module.css'

/** What is new, changed, over or out of range since a day, by section. */
export function ChangedPage() {
  const session = useSession()
  const to = useRecordPath()
  const [typed, setTyped] = createSignal('')
  const found = createAnswer(typed, day => session.whatChanged(day === '' ? undefined : day))
  const newResults = useNewResults()
  /** Without what waits for its explanation: that it stands here would tell. */
  const out = createMemo((): ChangedRows => {
    const { rows, count } = found()?.out ?? { rows: [], count: 0 }
    const shown = rows.filter(row => !newResults.isWaiting(row))
    return { rows: shown, count: count - (rows.length - shown.length) }
  })
  const here = (what: WhatChanged) => SECTIONS.filter(section => of(what, section).length > 0)
  return (
    <Page title={t('since.title')} back={{ href: to('/plan'), label: t('care.title') }} narrow>
      <TextField
        label={t('since.since')}
        hint={typed() === '' && found()?.isLastVisit ? t('since.lastVisit') : undefined}
        type="date"
        value={typed() === '' ? (found()?.since ?? '') : typed()}
        onInput={setTyped}
      />
      <Show when={found()} fallback={<output>{t('app.loading')}</output>}>
        {what => (
          <>
            <Show when={what().sections.length === 0 && out().count === 0}>
              <p role="status">{t('since.nothing')}</p>
            </Show>
            <Show when={out().count > 0}>
              <Card title={t('since.out')}>
                <Rows label={t('since.out')} told={out()} />
              </Card>
            </Show>
            <For each={here(what())}>
              {section => (
                <Card title={t(`section.${section}`)}>
                  <For each={of(what(), section)}>
                    {group => (
                      <>
                        <h3 class={styles.how}>{t(`since.${group.how}`)}</h3>
                        <Rows
                          label={t(`since.${group.how}`)}
                          told={group}
                          changedSince={group.how === 'changed' ? what().since : undefined}
                        />
                      </>
                    )}
                  </For>
                </Card>
              )}
            </For>
          </>
        )}
      </Show>
    </Page>
  )
}

const of = (what: WhatChanged, section: Section) => what.sections.filter(group => group.section === section)

function Rows(props: {
  readonly label: string
  readonly told: ChangedRows
  /** Says of each what it said on that day. */
  readonly changedSince?: string | undefined
}) {
  return (
    <>
      <Show when={props.changedSince} fallback={<Plain label={props.label} told={props.told} />}>
        {since => <ChangedEntries label={props.label} told={props.told} since={since()} />}
      </Show>
      <Show when={props.told.count > props.told.rows.length}>
        <p class={styles.soft}>{t('track.newestOf', { shown: props.told.rows.length, count: props.told.count })}</p>
      </Show>
    </>
  )
}

function Plain(props: { readonly label: string; readonly told: ChangedRows }) {
  return (
    <EntryList label={props.label}>
      <For each={props.told.rows}>
        {entry => (
          <li>
            <EntryRow entry={entry} />
          </li>
        )}
      </For>
    </EntryList>
  )
}
