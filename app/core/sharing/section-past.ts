import type { Section } from '#schema/record/sections.ts'
import type { Account } from '../home/account.ts'
import type { SectionPast } from '../private-session.ts'
import { holdsEntries, shardOf } from '../record/entry-place.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { pastIn } from '../record/shard-past.ts'
import { holdsPrivate, leftOutOf } from './private-places.ts'
import { hiddenImports } from './rebase-section.ts'

/** What of each section goes along with its history, and without it does not; sections that have nothing of the kind are left out. */
export async function pastOf(account: Account, sections: readonly Section[]): Promise<readonly SectionPast[]> {
  const hidden = await hiddenImports(account)
  const pasts: SectionPast[] = []
  for (const section of sections) {
    const past = await pastOfSection(account, section, hidden)
    if (past.versions + past.deleted + past.late > 0) pasts.push(past)
  }
  return pasts
}

async function pastOfSection(account: Account, section: Section, hidden: ReadonlySet<string>): Promise<SectionPast> {
  const past = { section, versions: 0, deleted: 0, late: 0 }
  const log = account.logs.sections.get(section)
  // Where something is private, its log begins anew before anybody gets it.
  if (log === undefined || (await holdsPrivate(log, await leftOutOf(account.logs.sections.get('private'), section))))
    return past
  for (const { label } of log.shards()) {
    const known = shardOf(section, label)?.label ?? label
    if (!holdsEntries(known)) continue
    const { versions, deleted } = pastIn(known, await log.read<DocMap>(label), hidden)
    past.versions += versions
    past.deleted += deleted
  }
  past.late = (await log.lateFrames()).length
  return past
}
