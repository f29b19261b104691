import './trusted-types.ts'
import '@fontsource-variable/atkinson-hyperlegible-next'
import './ui/styles/layers.css'
import './ui/styles/tokens.css'
import './ui/styles/base.css'
import { render } from 'solid-js/web'
import { makeViewerDoor } from './platform/viewer-door.ts'
import { ownRelay } from './ui/own-relay.ts'
import { ViewPage } from './ui/features/view/view-page.tsx'
import { allWords, pickLanguage, setLanguage } from './ui/language/language.ts'

/** The page that opens health links, for people who have no Wellkeep: no vault, no worker, nothing stored. */
const root = document.getElementById('view')
if (root === null) throw new Error('Cannot start: view.html has no element with the id "view"')

const door = makeViewerDoor(location.hash.slice(1), ownRelay(), (address, init) => fetch(address, init))
// The key stands in the address: not for whoever looks at the screen, nor for a bookmark.
history.replaceState(null, '', location.pathname)
await setLanguage(pickLanguage(navigator.languages))
await allWords()
render(() => <ViewPage door={door} />, root)
