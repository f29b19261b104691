import type { EntryKind } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'

/** What the timeline is narrowed to. */
export interface Filter {
  readonly kinds: readonly EntryKind[]
  readonly sections: readonly Section[]
  /** `self` or an import. */
  readonly sources: readonly string[]
  /** Days as native date inputs hold them; empty when open. */
  readonly from: string
  readonly to: string
  readonly text: string
}

export const NO_FILTER: Filter = { kinds: [], sections: [], sources: [], from: '', to: '', text: '' }

/**
 * Views of the timeline, by random keys that stand in the address in their place: browsers write addresses and the states
 * of their history to disk, and some to other machines (decision 7). Forgotten at lock and reload; of one's own record the
 * last one is kept sealed by the worker, and brought back when the record is open again.
 */
export interface Views {
  /** No filter for an empty key, and for one from before. */
  filterOf(key: string): Filter
  /** The same key for the same filter; empty for none. */
  keyOf(filter: Filter): string
  /** The address of the timeline narrowed so. */
  hrefOf(part: Partial<Filter>): string
  /** The address of the timeline as it was left for what is on screen now. */
  backHref(): string
  /** Which row stood first on screen there; 0 for its beginning. */
  leftAt(): number
  /** Which row of the timeline stood first on screen when the view behind `key` was left for an entry; 0 for the beginning. */
  rowOf(key: string): number
  /** The view behind `key` is on screen, and this row stands first there. */
  noteRow(key: string, row: number): void
  /** Whoever goes on to anything but an entry begins the timeline anew. `search`: what stands behind the path in the address. */
  visited(path: string, search?: string): void
  /** The page of this record that was last on screen and is no form: where a form leads back to. Undefined for who came by its address. */
  cameFrom(): string | undefined
  /**
   * The page that was last on screen, of whichever record, and is neither a form nor in a conversation: where a request or a thread leads
   * back to. Undefined for who came by its address.
   */
  lastPlace(): string | undefined
  forget(): void
  /** After `forget()`: the view that was on screen, as `keep` was given it. */
  bringBack(kept: string): void
}

interface KeptView {
  readonly key: string
  readonly row: number
  readonly filter: Filter
}

/**
 * `base` stands before the timeline's address: that of a record that somebody shares. `keep` is given the view on screen as often as
 * it changes, and nothing (an empty text) once it is left.
 */
export function makeViews(base = '', keep: (text: string) => void = () => undefined): Views {
  let left = BEGINNING
  let page: string | undefined
  let lastPlace: string | undefined
  const filters = new Map<string, Filter>()
  const keys = new Map<string, string>()
  const keyOf = (filter: Filter) => {
    const whole = textOf(filter)
    if (whole === NOTHING) return ''
    const key = keys.get(whole) ?? crypto.randomUUID().slice(0, 8)
    filters.set(key, filter)
    keys.set(whole, key)
    return key
  }
  const filterOf = (key: string) => filters.get(key) ?? NO_FILTER
  return {
    filterOf,
    keyOf,
    hrefOf: part => `${base}/timeline?view=${keyOf({ ...NO_FILTER, ...part })}`,
    backHref: () => `${base}/timeline${left.key === '' ? '' : `?view=${left.key}`}`,
    leftAt: () => left.row,
    rowOf: key => (left.key === key ? left.row : 0),
    noteRow(key, row) {
      if (left.key === key && left.row === row) return
      left = { key, row }
      const kept: KeptView = { ...left, filter: filterOf(key) }
      keep(JSON.stringify(kept))
    },
    visited(path, search = '') {
      if (!FORM.test(path) && !TALK.test(path)) lastPlace = path + search
      if (recordIn(path) !== base) page = undefined
      else if (!FORM.test(path)) page = path + search
      if (left === BEGINNING || /\/(timeline|entry)(\/|$)/.test(path)) return
      left = BEGINNING
      keep('')
    },
    cameFrom: () => page,
    lastPlace: () => lastPlace,
    forget() {
      left = BEGINNING
      page = undefined
      lastPlace = undefined
      filters.clear()
      keys.clear()
    },
    bringBack(text) {
      const { key, row, filter } = JSON.parse(text) as KeptView
      if (key !== '') {
        filters.set(key, filter)
        keys.set(textOf(filter), key)
      }
      left = { key, row }
    },
  }
}

const BEGINNING = { key: '', row: 0 }

/** A page that something is typed in, and that is left once it is saved. */
const FORM = /\/(add|questionnaires)\/|\/(edit|note|dose|stock)$/

/** A conversation, what is asked in it, or a page on which one begins either. */
const TALK = /\/(messages|patients)\//

/** What stands before the addresses of the record that a page is of. */
const recordIn = (path: string) => /^\/(kept|shared)\/[^/]+/.exec(path)?.[0] ?? ''

const textOf = (filter: Filter) => JSON.stringify(Object.keys(NO_FILTER).map(name => filter[name as keyof Filter]))

const NOTHING = textOf(NO_FILTER)
