import type { SessionHost } from '#app/core/make-session.ts'
import type { TakeOutChoice } from '#app/core/take-out-session.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { cpuMs } from './cpu.ts'
import { BENCH_PASSPHRASE } from './world.ts'

/** CPU time of an International Patient Summary of the whole record, without that of checking the passphrase. */
export async function summaryOfRecord(host: SessionHost): Promise<number> {
  const choice: TakeOutChoice = {
    sections: SECTIONS,
    withPrivate: false,
    file: { kind: 'summary', words: outWords(), noneKnown: [] },
  }
  const asking = await cpuMs(() => host.session.takeOut({ ...choice, passphrase: 'not it' }))
  const whole = await cpuMs(async () => {
    const made = await host.session.takeOut({ ...choice, passphrase: BENCH_PASSPHRASE })
    if (!made.ok) throw new Error(`Cannot make a summary: ${made.failure.kind}`)
  })
  return whole - asking
}
