import type { SessionHost } from '#app/core/make-session.ts'
import { cpuMs } from './cpu.ts'

const look = (host: SessionHost, text: string) => host.session.timelineRows({ text }, 0, 100)

/** CPU time until the first answer to what is typed, in ms: the texts of all rows are folded for it. */
export const firstSearch = (host: SessionHost): Promise<number> => cpuMs(() => look(host, 'blood sug'))

/** CPU time until the answer to one letter more, with all the words that may stand for it, in ms. */
export async function nextSearch(host: SessionHost): Promise<number> {
  await look(host, 'blood sug')
  return cpuMs(async () => {
    if ((await look(host, 'blood suga')).length === 0) throw new Error('Found nothing')
  })
}
