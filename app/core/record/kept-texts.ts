import type { EntryId, NoteFields } from '#schema/record/entry.ts'
import { ok, type Result } from '#schema/result.ts'
import type { TakenEntry } from '../exchange/own-entries.ts'
import type { Clock } from '../ports.ts'
import type { SaveFailure, Session } from '../session.ts'
import type { KeptText } from '../take-out-session.ts'
import { takenEntries, type TakenDeps } from './taken-entries.ts'

export interface KeptTextDeps extends TakenDeps {
  readonly clock: Clock
}

type Acts = Pick<Session, 'addEntry' | 'editEntry' | 'binEntry'>

interface Kept {
  readonly id: EntryId
  readonly fields: NoteFields
}

/** What a person writes for a page and finds there again: a private note of theirs that says what it is for. */
export function makeKeptTexts(deps: KeptTextDeps, acts: Acts) {
  /** Of several that two devices made at once, the one that was changed last. */
  async function find(about: KeptText): Promise<Kept | undefined> {
    await deps.keeper.level()
    const notes = await Array.fromAsync(
      takenEntries(deps, ({ kind, source }) => kind === 'note' && source.type === 'self'),
    )
    const found = notes.filter(({ fields }) => fields?.kind === 'note' && fields.about === about)
    const newest = found.reduce<TakenEntry | undefined>(
      (best, each) => (best === undefined || each.changedAt > best.changedAt ? each : best),
      undefined,
    )
    return newest?.fields?.kind === 'note' ? { id: newest.id, fields: newest.fields } : undefined
  }

  return {
    keptText: async (about: KeptText): Promise<string> => (await find(about))?.fields.text ?? '',
    /** An emptied text goes to the bin. `title`: what the note is called in the timeline. */
    async keepText(about: KeptText, title: string, text: string): Promise<Result<void, SaveFailure>> {
      const kept = await find(about)
      const clean = text.trim()
      if (clean === (kept?.fields.text ?? '')) return ok(undefined)
      if (kept !== undefined && clean === '') return acts.binEntry(kept.id)
      const writtenAt = new Date(deps.clock.now()).toISOString()
      if (kept !== undefined) return acts.editEntry(kept.id, { ...kept.fields, text: clean, writtenAt })
      const added = await acts.addEntry({ kind: 'note', title, text: clean, writtenAt, about }, { isPrivate: true })
      return added.ok ? ok(undefined) : added
    },
  }
}
