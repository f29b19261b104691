import { type Accessor, createMemo } from 'solid-js'
import type { CardFaces, CardRecord } from '#app/core/card-session.ts'
import { language, type Say, speaker, t } from '../../language/language.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { titleOf } from '../../record/words.ts'
import { createWatch, useSession, useVault } from '../../session.ts'
import { cardFace, type CardItem, cardItems, type CardWords } from './draft-card.ts'

/** What is chosen about the card as a whole, by what its choice is called. */
export const ENGLISH = 'english'
export const BIRTH = 'birth'

/** The emergency card of the record on screen, as it is now. */
export function createCard() {
  const session = useSession()
  const vault = useVault()
  const record = createWatch<CardRecord>(listener => session.watchCard(listener))
  const wantsEnglish = () => record()?.choices.items[ENGLISH] === true && language() !== 'en'
  const english = createAnswer(
    () => (wantsEnglish() ? 'en' : undefined),
    tag => speaker(tag),
  )
  const words = (): CardWords => ({ language: language(), say: t, titleOf })
  const person = () => {
    const state = vault()
    return state.kind === 'open' ? { name: state.personName, birthDate: state.birthDate } : undefined
  }
  const items = createMemo(() => {
    const now = record()
    return now === undefined ? [] : cardItems(now, words())
  })
  return { record, items, wantsEnglish, faces: createFaces({ record, items, person, words, wantsEnglish, english }) }
}

export type CardState = ReturnType<typeof createCard>

/** Undefined until all of it is known: half a card says that the rest is not so. */
function createFaces(from: {
  readonly record: Accessor<CardRecord | undefined>
  readonly items: Accessor<readonly CardItem[]>
  readonly person: Accessor<Parameters<typeof cardFace>[1] | undefined>
  readonly words: Accessor<CardWords>
  readonly wantsEnglish: Accessor<boolean>
  readonly english: Accessor<Say | undefined>
}): Accessor<CardFaces | undefined> {
  return createMemo(() => {
    const record = from.record()
    const person = from.person()
    if (record === undefined || person === undefined) return undefined
    const first = cardFace(record, person, from.words(), from.items())
    if (!from.wantsEnglish()) return [first]
    const say = from.english()
    return say && [first, cardFace(record, person, { ...from.words(), language: 'en', say })]
  })
}
