import { createEffect, createSignal } from 'solid-js'
import type { Facets } from '#app/core/session.ts'
import type { TableName } from '#app/core/exchange/csv/write-csv.ts'
import type { Section } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { downloadBlob } from '../../parts/download.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import type { FreshUnlockAnswer } from '../../record/fresh-unlock-dialog.tsx'
import { outWords } from '../../record/out-words.ts'
import { useSession } from '../../session.ts'
import { choiceOf, draftFor, fileNameOf, type TakeOutDraft, type What, withSection } from './draft-take-out.ts'

/** Where making the file stands. */
export type Making = 'idle' | 'making' | 'done' | 'failed' | 'nothing-chosen' | 'nothing-planned'

/** What is chosen to be taken out, and the act. */
export function createTakeOut() {
  const session = useSession()
  const facets = createAnswer(
    () => true,
    () => session.facets(),
  )
  const [draft, setDraft] = createSignal<TakeOutDraft>()
  const [making, setMaking] = createSignal<Making>('idle')
  createEffect(() => {
    const known = facets()
    if (known !== undefined && draft() === undefined) setDraft(draftFor('summary', known))
  })

  function change(next: (draft: TakeOutDraft, facets: Facets) => TakeOutDraft): void {
    const [now, known] = [draft(), facets()]
    if (now === undefined || known === undefined) return
    setMaking('idle')
    setDraft(next(now, known))
  }

  async function make(passphrase: string): Promise<FreshUnlockAnswer> {
    const [now, known] = [draft(), facets()]
    if (now === undefined || known === undefined) return undefined
    setMaking('making')
    try {
      const made = await session.takeOut({ ...choiceOf(now, known, outWords()), passphrase })
      if (made.ok) downloadBlob(made.value, fileNameOf(now, localDateTime(new Date()).date))
      const failure = made.ok ? undefined : made.failure.kind
      if (failure === 'wrong-passphrase' || failure === 'locked') {
        setMaking('idle')
        return failure === 'locked' ? { words: t('save.locked') } : failure
      }
      setMaking(failure ?? 'done')
      return undefined
    } catch {
      setMaking('failed')
      return undefined
    }
  }

  return {
    facets,
    draft,
    making,
    make,
    setWhat: (what: What) => change((_, known) => draftFor(what, known)),
    setTable: (table: TableName) => change(({ what }, known) => draftFor(what, known, table)),
    setSections: (sections: readonly Section[]) => change(now => ({ ...now, sections })),
    setSection: (section: Section, isOn: boolean) =>
      change(now => ({ ...now, sections: withSection(now.sections, section, isOn) })),
    setPrivate: (withPrivate: boolean) => change(now => ({ ...now, withPrivate })),
    setNoneKnown: (section: Section, isNone: boolean) =>
      change(now => ({ ...now, noneKnown: withSection(now.noneKnown, section, isNone) })),
  }
}
