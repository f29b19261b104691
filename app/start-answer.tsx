import { render } from 'solid-js/web'
import { readyCrypto } from '#crypto/sodium.ts'
import { makeAnswerDoor } from './platform/answer-door.ts'
import { ownRelay } from './ui/own-relay.ts'
import { AnswerPage } from './ui/features/messages/answer-page.tsx'
import { allWords, pickLanguage, setLanguage } from './ui/language/language.ts'

/** `link`: as it stood behind `#`. */
export async function startAnswer(root: HTMLElement, link: string): Promise<void> {
  const door = makeAnswerDoor(link, (path, init) => fetch(ownRelay() + path, init))
  await setLanguage(pickLanguage(navigator.languages))
  await allWords()
  await readyCrypto()
  render(() => <AnswerPage door={door} />, root)
}
