import '@fontsource-variable/atkinson-hyperlegible-next'
import '#app/ui/styles/layers.css'
import '#app/ui/styles/tokens.css'
import '#app/ui/styles/base.css'
import { render } from 'solid-js/web'
import { App } from '#app/ui/shell/app.tsx'
import { setLanguage } from '#app/ui/language/language.ts'
import { readDisplay } from '#app/ui/shell/display.ts'
import { FAKE_PASSKEYS } from '../fake-passkeys.ts'
import { NO_PUSHES } from '../fake-push.ts'
import { FakeSession, OPEN } from '../fake-session.ts'
import { fillKept, fillLate, fillLooks, fillPatients, fillPeople, stageFrom } from './stage.ts'

/** The screens over a fake session: `?vault=empty|locked|open|sample|new`, `?problem=1`, `?offline=1`. Not shipped. */
const session = new FakeSession(stageFrom(new URLSearchParams(location.search), OPEN))
const params = new URLSearchParams(location.search)
if (params.has('problem'))
  session.status.set({
    kind: 'waiting',
    waitingCount: 3,
    link: { kind: 'unreachable', since: session.deviceList[0]!.addedAt },
    problems: [{ kind: 'relay-full' }, { kind: 'clock-differs', byMs: 31_600_000_000 }],
  })
if (params.has('offline'))
  session.status.set({ kind: 'waiting', waitingCount: 3, link: { kind: 'offline' }, problems: [] })

if (params.has('people')) fillPeople(session)
if (params.has('people')) fillLooks(session)
if (params.has('patients')) fillPatients(session)
if (params.has('late')) fillLate(session)
if (params.has('kept'))
  fillKept(session, new FakeSession({ ...OPEN, personName: 'Tim Jansen', birthDate: '2012-05-06' }))

const host = {
  onUpdateReady: (ready: () => void) => params.has('update') && ready(),
  applyUpdate: async () => location.reload(),
  onUpdateTaken: () => undefined,
  reload: () => location.reload(),
  isPersistent: async () => false,
  askOutside: async () => ({ kind: 'unreachable' as const }),
  awaitClinic: () => () => undefined,
  askForPersistence: async () => false,
  reminders: { isPossible: false, isAllowed: () => false, ask: async () => false, show: async () => undefined },
  devices: { isPossible: false, listen: async () => 'none-chosen' as const },
  passkeys: FAKE_PASSKEYS,
  pushes: async () => NO_PUSHES,
}
const { language, theme, textSize } = readDisplay()
session.settings.set({ ...session.settings.value, language, theme, textSize })
await setLanguage(language)
// For the console, and for scripts that take pictures of states: acts as the worker.
Object.assign(globalThis, { session })
render(() => <App session={session} host={host} />, document.getElementById('app')!)
