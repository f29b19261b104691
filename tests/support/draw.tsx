import '#app/ui/styles/layers.css'
import '#app/ui/styles/tokens.css'
import '#app/ui/styles/base.css'
import { toaster } from '@kobalte/core/toast'
import { createMemoryHistory, MemoryRouter } from '@solidjs/router'
import axe from 'axe-core'
import { Suspense } from 'solid-js'
import { render } from 'solid-js/web'
import { onTestFinished } from 'vitest'
import { ToastRegion } from '#app/ui/parts/toast.tsx'
import { ROUTES_OPEN } from '#app/ui/routes.tsx'
import { SessionProvider } from '#app/ui/shell/session-provider.tsx'
import { FakeSession } from './fake-session.ts'

const HOST = {
  onUpdateReady: () => undefined,
  applyUpdate: async () => undefined,
  onUpdateTaken: () => undefined,
  reload: () => undefined,
  isPersistent: async () => true,
  askForPersistence: async () => true,
}

/** Draws the page at `path` of an open record; gone when the test is over. `path()` tells where links have led. */
export function drawPage(path: string, session = new FakeSession()) {
  const history = createMemoryHistory()
  history.set({ value: path, replace: true })
  const root = document.createElement('main')
  document.body.append(root)
  const stop = render(
    () => (
      <SessionProvider session={session} host={HOST}>
        <MemoryRouter history={history} root={props => <Suspense>{props.children}</Suspense>}>
          {ROUTES_OPEN}
        </MemoryRouter>
        <ToastRegion />
      </SessionProvider>
    ),
    root,
  )
  onTestFinished(() => {
    toaster.clear()
    root.remove()
    stop()
  })
  return { session, root, path: () => history.get() }
}

/** What axe finds wrong with what is drawn, by WCAG 2.2 AA and its best practices. */
export async function axeFindings(root: HTMLElement): Promise<readonly string[]> {
  const { violations } = await axe.run(root)
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`))
}
