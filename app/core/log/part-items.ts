import { actorPrefix, type OpenedFrame } from './open-frame.ts'
import type { PartItem } from './shards.ts'

/** A frame's parts on their way into the documents. */
export function itemsOf({ fact, parts }: OpenedFrame): PartItem[] {
  if (fact.content.kind !== 'ops') return []
  const prefix = actorPrefix(fact.writer)
  const facts = fact.content.parts
  return parts.flatMap((part, index) => {
    const about = facts[index]
    return about === undefined ? [] : [{ frame: fact.hash, prefix, part, fact: about }]
  })
}
