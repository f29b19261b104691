import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { changeOf } from '#app/core/record/test-groups.ts'
import type { EntryHistory, WhatChanged } from '#app/core/history-session.ts'
import type { TestGroup, TestHistory } from '#app/core/results-session.ts'
import type { SaveFailure, Stop } from '#app/core/session.ts'
import type { EntryFiles, KeptText, TakeOutFailure, TakeOutRequest } from '#app/core/take-out-session.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeKept } from './fake-kept.ts'

/** The part of the fake session that is about taking out, and about texts: `takenOut` has what was asked for. */
export class FakeTakeOut extends FakeKept {
  takenOut: TakeOutRequest | undefined
  /** What `reportEntries` answers beside the rows. */
  facts: Readonly<Record<string, Partial<EntryFacts>>> = {}
  readonly texts = new Map<KeptText, string>()
  /** What was typed and not saved, by the address of its form. */
  readonly drafts = new Map<string, string>()

  async takeOut(request: TakeOutRequest): Promise<Result<Blob, TakeOutFailure>> {
    if (request.sections.length === 0) return fail({ kind: 'nothing-chosen' })
    if (request.passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    this.takenOut = request
    return ok(new Blob([request.file.kind]))
  }

  async reportEntries(choice: Pick<TakeOutRequest, 'sections' | 'withPrivate'>): Promise<readonly EntryFacts[]> {
    const chosen = this.entries.filter(
      ({ summary }) => choice.sections.includes(summary.section) && (choice.withPrivate || summary.isPrivate !== true),
    )
    return chosen.map(({ summary, addedAt, changedAt }) => ({
      summary,
      addedAt,
      changedAt,
      ...this.facts[summary.id],
    }))
  }

  #tests(): readonly (TestGroup & { readonly all: readonly EntrySummary[] })[] {
    const rows = this.entries.flatMap(({ summary, binnedAt }) =>
      summary.kind === 'lab-result' && binnedAt === undefined ? [summary] : [],
    )
    const newestFirst = rows.toSorted((a, b) => (b.when?.sortAt ?? 0) - (a.when?.sortAt ?? 0))
    return [...Map.groupBy(newestFirst, row => row.title)].flatMap(([title, all]) => {
      const [latest, before] = all
      if (latest === undefined) return []
      const change = before === undefined ? undefined : changeOf(before, latest)
      const key = Array.from(title, letter => (letter.charCodeAt(0) % 256).toString(16).padStart(2, '0')).join('')
      const units = all.flatMap(({ value }) => (value?.type === 'quantity' ? value.quantity.unit : []))
      return {
        key: key.padEnd(16, '0').slice(0, 16),
        latest,
        ...(before === undefined ? {} : { before }),
        ...(change === undefined ? {} : { change }),
        count: all.length,
        units: [...new Set(units)],
        all,
      }
    })
  }

  watchTests(listener: (tests: readonly TestGroup[]) => void): Promise<Stop> {
    return this.watchTimeline({}, () => listener(this.#tests()))
  }

  /** What `entryHistory` answers, by entry. */
  histories: Readonly<Record<string, EntryHistory>> = {}

  async entryHistory(id: EntryId, count: number): Promise<EntryHistory | undefined> {
    const all = this.histories[id]
    const changes = all?.changes.slice(0, count) ?? []
    return all && { changes, olderCount: all.changes.length - changes.length }
  }

  /** What `whatChanged` answers. */
  changed: Omit<WhatChanged, 'since'> = { out: { rows: [], count: 0 }, sections: [] }

  async whatChanged(since = '2026-11-02'): Promise<WhatChanged> {
    return { since, ...this.changed }
  }

  async testHistory(id: EntryId): Promise<TestHistory | undefined> {
    const test = this.#tests().find(({ all }) => all.some(each => each.id === id))
    return test && { key: test.key, results: test.all }
  }

  async entryFiles(): Promise<readonly EntryFiles[]> {
    return this.entries.flatMap(({ summary, attachments = [] }) => {
      const bytes = attachments.reduce((sum, file) => sum + file.bytes, 0)
      const hasAny = attachments.length > 0 && summary.isPrivate !== true
      return hasAny ? [{ entry: summary, count: attachments.length, bytes }] : []
    })
  }

  async keepDraft(place: string, text: string): Promise<Result<void, never>> {
    if (text === '') this.drafts.delete(place)
    else this.drafts.set(place, text)
    return ok(undefined)
  }

  async keptDraft(place: string): Promise<string | undefined> {
    return this.drafts.get(place)
  }

  async keptText(about: KeptText): Promise<string> {
    return this.texts.get(about) ?? ''
  }

  async keepText(about: KeptText, _title: string, text: string): Promise<Result<void, SaveFailure>> {
    const failure = this.nextSaveFailure
    this.nextSaveFailure = undefined
    if (failure) return fail(failure)
    this.texts.set(about, text)
    return ok(undefined)
  }
}
