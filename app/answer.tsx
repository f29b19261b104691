import './trusted-types.ts'
import '@fontsource-variable/atkinson-hyperlegible-next'
import './ui/styles/layers.css'
import './ui/styles/tokens.css'
import './ui/styles/base.css'

/** The page that shows a letter to whoever has no Wellkeep, and takes their answer: no vault, no worker, nothing stored. */
const root = document.getElementById('answer')
if (root === null) throw new Error('Cannot start: answer.html has no element with the id "answer"')

const link = location.hash.slice(1)
// The key stands in the address: not for whoever looks at the screen, nor for a bookmark.
history.replaceState(null, '', location.pathname)
// Apart: what a page begins with is in one piece with what the app begins with, and the app needs none of this.
const { startAnswer } = await import('./start-answer.tsx')
await startAnswer(root, link)
