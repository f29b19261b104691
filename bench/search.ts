import type { SessionHost } from '#app/core/make-session.ts'
import { cpuMs } from './cpu.ts'

const look = (host: SessionHost, text: string) => host.session.timelineRows({ text }, 0, 100)

/** Longer than the record waits before it makes the texts of all rows ready. */
const READY_MS = 1500

/** CPU time until the first answer to what is typed, in ms, where no page with a search box was open before. */
export const searchAtOnce = (host: SessionHost): Promise<number> => cpuMs(() => look(host, 'blood sug'))

/** The same on the page of the timeline, where nobody types before it stands. */
export async function firstSearch(host: SessionHost): Promise<number> {
  const stop = await host.session.watchTimeline({}, () => undefined)
  await host.session.facets()
  await new Promise(resolve => setTimeout(resolve, READY_MS))
  const spent = await searchAtOnce(host)
  stop()
  return spent
}

/** CPU time until the answer to one letter more, with all the words that may stand for it, in ms. */
export async function nextSearch(host: SessionHost): Promise<number> {
  await look(host, 'blood sug')
  return cpuMs(async () => {
    if ((await look(host, 'blood suga')).length === 0) throw new Error('Found nothing')
  })
}
