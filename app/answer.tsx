import './trusted-types.ts'
import '@fontsource-variable/atkinson-hyperlegible-next'
import './ui/styles/layers.css'
import './ui/styles/tokens.css'
import './ui/styles/base.css'
import { render } from 'solid-js/web'
import { readyCrypto } from '#crypto/sodium.ts'
import { makeAnswerDoor } from './platform/answer-door.ts'
import { AnswerPage } from './ui/features/messages/answer-page.tsx'
import { allWords, pickLanguage, setLanguage } from './ui/language/language.ts'

/** The page that shows a letter to whoever has no Wellkeep, and takes their answer: no vault, no worker, nothing stored. */
const root = document.getElementById('answer')
if (root === null) throw new Error('Cannot start: answer.html has no element with the id "answer"')

const door = makeAnswerDoor(location.hash.slice(1), (path, init) => fetch(path, init))
// The key stands in the address: not for whoever looks at the screen, nor for a bookmark.
history.replaceState(null, '', location.pathname)
await setLanguage(pickLanguage(navigator.languages))
await allWords()
await readyCrypto()
render(() => <AnswerPage door={door} />, root)
