import './trusted-types.ts'
import '@fontsource-variable/atkinson-hyperlegible-next'
import './ui/styles/layers.css'
import './ui/styles/tokens.css'
import './ui/styles/base.css'
import { render } from 'solid-js/web'
import { offerAnswer } from './platform/answer-channel.ts'
import { ConnectedPage } from './ui/features/connected/connected-page.tsx'
import { readDisplay } from './ui/shell/display.ts'
import { allWords, setLanguage } from './ui/language/language.ts'

/** Where a clinic sends the browser back to: no vault, no worker, no network; it hands its address to the app and is done. */
const root = document.getElementById('connected')
if (root === null) throw new Error('Cannot start: connected.html has no element with the id "connected"')

const answer = location.search.slice(1)
// Not for a bookmark, nor for whoever looks at the screen.
history.replaceState(null, '', location.pathname)
const { language, theme, textSize } = readDisplay()
document.documentElement.dataset.theme = theme
document.documentElement.dataset.textSize = textSize
await setLanguage(language)
await allWords()
render(() => <ConnectedPage answer={answer} offer={onTaken => offerAnswer(answer, onTaken)} />, root)
