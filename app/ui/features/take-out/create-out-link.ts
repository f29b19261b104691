import { createEffect, createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { OutLink, OutLinkFailure } from '#app/core/out-link-session.ts'
import type { Facets } from '#app/core/session.ts'
import type { Section } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { createAnswer } from '../../record/create-answer.ts'
import type { FreshUnlockAnswer } from '../../record/fresh-unlock-dialog.tsx'
import { outWords } from '../../record/out-words.ts'
import { type UntilDraft, untilOf } from '../../record/until.ts'
import { useSession, useTrueNow } from '../../session.ts'
import { ownRelay } from '../../own-relay.ts'
import { createLinkFiles } from './create-link-files.ts'
import { draftFor, emptyRequired, withSection } from './draft-take-out.ts'

/** What a person has chosen of a link so far. */
export interface OutLinkDraft extends UntilDraft {
  readonly sections: readonly Section[]
  readonly hasPasscode: boolean
  readonly passcode: string
  /** `any`, or how often it can be opened. */
  readonly opens: OpensChoice
  readonly label: string
  /** Sealed anew when the record changes. */
  readonly isLiving: boolean
}

export const OPENS = ['any', '1', '3', '10'] as const
type OpensChoice = (typeof OPENS)[number]

/** Six digits, each as likely as the others. */
function newPasscode(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint32Array(6)), number => number % 10)
  return digits.join('')
}

/** A link in the making: nothing leaves before `make`, and what was chosen stays when it fails. */
export function createOutLink() {
  const session = useSession()
  const now = useTrueNow()
  const facets = createAnswer(
    () => true,
    () => session.facets(),
  )
  const files = createLinkFiles()
  const [draft, setDraft] = createStore<OutLinkDraft>({
    sections: [],
    until: 'visit',
    date: '',
    hasPasscode: true,
    passcode: newPasscode(),
    opens: 'any',
    label: '',
    isLiving: false,
  })
  const [made, setMade] = createSignal<OutLink>()
  const [failure, setFailure] = createSignal<OutLinkFailure>()
  let isChosen = false
  createEffect(() => {
    const known = facets()
    if (known === undefined || isChosen) return
    isChosen = true
    setDraft({ sections: draftFor('summary', known).sections })
  })
  const until = () => untilOf(draft, new Date(now())) ?? undefined

  /** What must be mended before the passphrase is asked for. */
  function check(): boolean {
    const isDated = until() !== undefined
    const isChosenAny = draft.sections.length + files.chosen().length > 0
    if (!isChosenAny) setFailure({ kind: 'nothing-chosen' })
    else if (!isDated) setFailure({ kind: 'invalid', field: 'expiresAt' })
    else if (files.isOver()) setFailure({ kind: 'too-large' })
    else setFailure()
    return isDated && isChosenAny && !files.isOver()
  }

  async function make(passphrase: string, known: Facets): Promise<FreshUnlockAnswer> {
    const expiresAt = until()
    if (expiresAt === undefined) return undefined
    const { sections, hasPasscode, passcode, opens, label, isLiving } = draft
    const answer = await session
      .makeOutLink({
        // Empty ones of those that each summary has count as chosen: leaving them out by choice is something else.
        files: files.chosen(),
        sections: [...sections, ...emptyRequired({ what: 'summary' }, known)],
        noneKnown: [],
        words: outWords(),
        label,
        expiresAt,
        isLiving,
        ...(hasPasscode ? { passcode } : {}),
        ...(opens === 'any' ? {} : { maxOpens: Number(opens) }),
        origin: ownRelay(),
        passphrase,
      })
      .catch(() => undefined)
    if (answer?.ok === true) {
      setMade(answer.value)
      return undefined
    }
    const why = answer?.failure
    if (why?.kind === 'wrong-passphrase') return why.kind
    if (why === undefined) return { words: t('outLink.failed.other') }
    setFailure(why)
    return undefined
  }

  return {
    facets,
    files,
    draft,
    made,
    failure,
    until,
    check,
    make,
    change: (part: Partial<OutLinkDraft>) => {
      setFailure()
      setDraft(part)
    },
    setSection: (section: Section, isOn: boolean) => setDraft({ sections: withSection(draft.sections, section, isOn) }),
  }
}
