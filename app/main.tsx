import './trusted-types.ts'
import '@fontsource-variable/atkinson-hyperlegible-next'
import './ui/styles/layers.css'
import './ui/styles/tokens.css'
import './ui/styles/base.css'
import { render } from 'solid-js/web'
import { awaitAnswers } from './platform/answer-channel.ts'
import { browserDevices } from './platform/browser-devices.ts'
import { askOutside } from './platform/outside-door.ts'
import { connectSession } from './platform/connect-session.ts'
import { ownRelay } from './ui/own-relay.ts'
import type { Host } from './ui/session.ts'
import { App } from './ui/shell/app.tsx'
import { readDisplay } from './ui/shell/display.ts'
import { setLanguage } from './ui/language/language.ts'

const root = document.getElementById('app')
if (root === null) throw new Error('Cannot start: index.html has no element with the id "app"')

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vault' })
const { session, ...connection } = connectSession(worker, ownRelay())
const outside = () => new Worker(new URL('./outside.ts', import.meta.url), { type: 'module', name: 'outside' })
const host: Host = {
  ...connection,
  devices: browserDevices(),
  pushes: async () => (await import('./platform/pushes.ts')).browserPushes(),
  askOutside: request => askOutside(outside, request),
  awaitClinic: awaitAnswers,
}
// So that the first words on screen are already in the reader's language.
await setLanguage(readDisplay().language)
render(() => <App session={session} host={host} />, root)
