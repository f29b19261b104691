import type { Section } from '#schema/record/sections.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { DocMap } from './flat-fields.ts'

/** Documents that stay open because they were looked at last. */
const OPEN = 6

export interface ShardReader {
  /** The document as it is now. Use it before the next await: later it may be closed. */
  read(section: Section, label: string): Promise<DocMap>
}

/** Opens shards and closes those that nobody has looked at for the longest time. */
export function makeShardReader(logOf: (section: Section) => SealedLog): ShardReader {
  const open = new Map<string, { readonly section: Section; readonly label: string }>()

  function note(section: Section, label: string): void {
    const key = `${section}/${label}`
    open.delete(key)
    open.set(key, { section, label })
    const [oldestKey, oldest] = open.entries().next().value ?? []
    if (open.size <= OPEN || oldestKey === undefined || oldest === undefined) return
    open.delete(oldestKey)
    logOf(oldest.section).close(oldest.label)
  }

  return {
    async read(section, label) {
      note(section, label)
      return logOf(section).read<DocMap>(label)
    },
  }
}
