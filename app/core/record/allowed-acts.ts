import { partsOfFields, parseFields } from '#schema/record/own-entry.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import type { LogSection, Section } from '#schema/record/sections.ts'
import { fail } from '#schema/result.ts'
import type { Session } from '../session.ts'
import type { ShareRole } from '../share-session.ts'
import type { TwiceSession } from '../twice-session.ts'
import type { NewPaper } from '../paper-session.ts'
import { placeOf } from './entry-place.ts'
import type { ImportDesk } from './import-desk.ts'
import type { PrivacyActs } from './privacy-acts.ts'

type Acts = Pick<
  Session,
  'addEntry' | 'addEntries' | 'editEntry' | 'attachPaper' | 'binEntry' | 'restoreEntry' | 'chooseConflict'
> &
  ImportDesk &
  PrivacyActs &
  TwiceSession

/** Where letters and photos come to lie that are not added at an entry. */
const PAPER_SECTION: Section = 'documents'

const notAllowed = async () => fail({ kind: 'not-allowed' } as const)

/** In a record that somebody shares: what the role lets this person do. A relay and every other reader refuse the rest as well. */
export function allowedActs(
  deps: { readonly sections: readonly LogSection[]; readonly role?: ShareRole },
  acts: Acts,
): Acts {
  const { sections, role } = deps
  if (role === undefined) return acts
  // Files are brought into one's own record, but for letters and photos.
  const shared: Acts = {
    ...acts,
    previewImport: async () => fail({ kind: 'gone' }),
    previewImports: async () => fail({ kind: 'gone' }),
    choosePeople: async () => fail({ kind: 'gone' }),
    previewLink: async () => fail({ kind: 'gone' }),
    previewFiles: async () => fail({ kind: 'gone' }),
    undoImport: notAllowed,
    forgetLink: notAllowed,
    addPaper: notAllowed,
    makePrivate: notAllowed,
    makeOpen: notAllowed,
    seenTwice: async () => [],
    sayIfSame: notAllowed,
    takeApart: notAllowed,
  }
  if (role === 'read') {
    return {
      ...shared,
      addEntry: notAllowed,
      addEntries: notAllowed,
      editEntry: notAllowed,
      attachPaper: notAllowed,
      binEntry: notAllowed,
      restoreEntry: notAllowed,
      chooseConflict: notAllowed,
    }
  }
  const mayAdd = ({ about }: NewPaper) =>
    sections.some(section => section === (about === undefined ? PAPER_SECTION : placeOf(about)?.section))
  const isShared = (fields: EntryFields) => {
    const parsed = parseFields(fields)
    return !parsed.ok || sections.includes(partsOfFields(parsed.value).section)
  }
  return {
    ...shared,
    addEntry: async (fields, options) =>
      isShared(fields) && options?.isPrivate !== true ? acts.addEntry(fields, options) : notAllowed(),
    addPaper: async paper => (mayAdd(paper) && !paper.isPrivate ? acts.addPaper(paper) : notAllowed()),
    addEntries: async (list, options) =>
      list.every(isShared) && options?.isPrivate !== true ? acts.addEntries(list, options) : notAllowed(),
  }
}
