import { sealJwe } from '#app/core/exchange/link/seal-jwe.ts'
import type { SessionHost } from '#app/core/make-session.ts'
import type { TakeOutChoice } from '#app/core/take-out-session.ts'
import { allWords } from '#app/ui/language/language.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { cpuMs } from './cpu.ts'
import { BENCH_PASSPHRASE } from './world.ts'

await allWords()
const CHOICE: TakeOutChoice = {
  sections: SECTIONS,
  withPrivate: false,
  file: { kind: 'summary', words: outWords(), noneKnown: [] },
}

async function made(host: SessionHost): Promise<Blob> {
  const taken = await host.session.takeOut({ ...CHOICE, passphrase: BENCH_PASSPHRASE })
  if (!taken.ok) throw new Error(`Cannot make a summary: ${taken.failure.kind}`)
  return taken.value
}

/** CPU time of an International Patient Summary of the whole record, without that of checking the passphrase. */
export async function summaryOfRecord(host: SessionHost): Promise<number> {
  const asking = await cpuMs(() => host.session.takeOut({ ...CHOICE, passphrase: 'not it' }))
  return (await cpuMs(() => made(host))) - asking
}

/** CPU time of sealing that summary as a health link's file, once it is made. */
export async function sealedSummary(host: SessionHost): Promise<number> {
  const plain = new Uint8Array(await (await made(host)).arrayBuffer())
  const key = crypto.getRandomValues(new Uint8Array(32))
  return cpuMs(() => sealJwe(plain, key, 'application/fhir+json'))
}
