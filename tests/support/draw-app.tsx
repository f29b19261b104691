import '#app/ui/styles/layers.css'
import '#app/ui/styles/tokens.css'
import '#app/ui/styles/base.css'
import { render } from 'solid-js/web'
import { onTestFinished } from 'vitest'
import { App } from '#app/ui/shell/app.tsx'
import type { FakeSession } from './fake-session.ts'

/** Draws the whole app at `path`, with its gate and its frame; gone when the test is over. */
export function drawApp(path: string, session: FakeSession) {
  const before = location.href
  history.replaceState(null, '', path)
  const root = document.createElement('div')
  document.body.append(root)
  let showUpdate: () => void = () => undefined
  let takeUpdate: () => void = () => undefined
  let updates = 0
  let reloads = 0
  const host = {
    onUpdateReady(ready: () => void) {
      showUpdate = ready
    },
    async applyUpdate() {
      updates += 1
    },
    onUpdateTaken(taken: () => void) {
      takeUpdate = taken
    },
    reload() {
      reloads += 1
    },
    isPersistent: async () => false,
    askForPersistence: async () => false,
  }
  const stop = render(() => <App session={session} host={host} />, root)
  onTestFinished(() => {
    root.remove()
    stop()
    localStorage.removeItem('wellkeep.display')
    document.documentElement.lang = 'en'
    document.documentElement.dir = 'ltr'
    history.replaceState(null, '', before)
  })
  return {
    root,
    showUpdate: () => showUpdate(),
    updates: () => updates,
    takeUpdate: () => takeUpdate(),
    reloads: () => reloads,
  }
}
