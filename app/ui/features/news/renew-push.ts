import { createEffect } from 'solid-js'
import type { PushChoice } from '#app/core/push-session.ts'
import { t } from '../../language/language.ts'
import { createWatch, useHost, useOwnSession } from '../../session.ts'

/** While the record is open: what the browser knows, what the relay was told and the words that are shown stay the same. */
export function RenewPush() {
  const session = useOwnSession()
  const host = useHost()
  const choice = createWatch<PushChoice>(listener => session.watchPush(listener))
  createEffect(() => {
    const now = choice()
    if (now?.isOn === true) void renew(now, t('push.shown'))
  })
  const renew = async ({ endpoint, quiet }: Extract<PushChoice, { isOn: true }>, words: string) => {
    const pushes = await host.pushes()
    // Taken back in the browser's own settings: turned on again there, it goes on.
    if (!pushes.isAllowed()) return
    await pushes.keepWords(words)
    const key = await session.pushKey()
    if (key.kind !== 'key') return
    const current = await pushes.subscribe(key.key)
    if (current === undefined || current === endpoint) return
    await session.turnOnPush({ endpoint: current, ...(quiet === undefined ? {} : { quiet }) })
  }
  return null
}
