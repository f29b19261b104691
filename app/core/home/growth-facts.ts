import { ImmutableString } from '@automerge/automerge/slim'
import type { GrowthFacts } from '../session.ts'

/** Of each record a field of its own, so that two devices' changes of different ones unite. */
const PREFIX = 'growth '
const FACTS = /^(female|male|-) (\d{4}-\d\d-\d\d|-) (2[2-9]|3\d|4[0-4]|-)$/
const BASE = /^[\w/-]{0,100}$/
const MAX_RECORDS = 200

export function readGrowth(doc: Readonly<Record<string, unknown>>): readonly GrowthFacts[] {
  return Object.keys(doc)
    .toSorted()
    .flatMap(name => {
      const match = name.startsWith(PREFIX) ? FACTS.exec(String(doc[name])) : null
      return match === null ? [] : factsOf(name.slice(PREFIX.length), match)
    })
}

function factsOf(base: string, [, sex = '-', birthDate = '-', weeks = '-']: RegExpExecArray): GrowthFacts {
  return {
    base,
    ...(sex === 'female' || sex === 'male' ? { sex } : {}),
    ...(birthDate === '-' ? {} : { birthDate }),
    ...(weeks === '-' ? {} : { bornAtWeeks: Number(weeks) }),
  }
}

const textOf = ({ sex, birthDate, bornAtWeeks }: GrowthFacts) =>
  `${sex ?? '-'} ${birthDate ?? '-'} ${bornAtWeeks ?? '-'}`

export function isGrowth(list: readonly GrowthFacts[]): boolean {
  return list.length <= MAX_RECORDS && list.every(facts => BASE.test(facts.base) && FACTS.test(textOf(facts)))
}

/** Those that are not in `list` stay as they are. */
export function writeGrowth(doc: Record<string, ImmutableString | number>, list: readonly GrowthFacts[]): void {
  for (const facts of list) doc[`${PREFIX}${facts.base}`] = new ImmutableString(textOf(facts))
}
