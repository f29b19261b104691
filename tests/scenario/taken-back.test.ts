import { expect, test, vi } from 'vitest'
import { toHex } from '#schema/bytes.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { decodeRelayMessages } from '#schema/protocol/stream.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { asTexts, contentsOf } from '#tests/support/raw-content.ts'
import { type Loot, lootOf } from '#tests/support/removed-reader.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, makePerson, meet, share, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

/** What is written between "stop" and the new locks. */
const { device, clock } = household()
const medicine = (name: string) => ({ kind: 'medicine', name, status: 'taking' }) as const

type Bytes = Uint8Array<ArrayBuffer>

/** Every frame that a relay sends to this device from now on, once its streams were opened anew. */
function framesSentTo({ link }: TestDevice): readonly Bytes[] {
  const frames: Bytes[] = []
  const openStream = link.openStream.bind(link)
  link.openStream = handlers =>
    openStream({
      ...handlers,
      message(bytes) {
        const decoded = decodeRelayMessages(bytes)
        for (const message of decoded.ok ? decoded.value : []) if ('frames' in message) frames.push(...message.frames)
        handlers.message(bytes)
      },
    })
  return frames
}

async function textsIn(frames: readonly Bytes[], { secrets }: Loot): Promise<readonly string[]> {
  const keys = secrets.map(secret => ({ keyId: keyIdOf(secret), secret }))
  const nobody = makeRelayClient(
    { request: () => Promise.reject(new Error('No blobs')) } as never,
    makeSigningKey(),
    clock,
  )
  const texts: string[] = []
  for (const bytes of new Map(frames.map(frame => [toHex(frame), frame])).values()) {
    const frame = decodeFrame(bytes)
    if (!frame.ok) throw new Error(frame.failure)
    for (const part of await contentsOf(bytes, frame.value.header.logId, keys, nobody)) texts.push(...asTexts(part))
  }
  return texts
}

/** The relay takes its time over what this device wants to have ended. */
function endSlowly({ link }: TestDevice): void {
  const request = link.request.bind(link)
  link.request = async asked => {
    if (asked.method === 'DELETE' && asked.path.includes('/caps/'))
      await new Promise(resolve => setTimeout(resolve, 1000))
    return request(asked)
  }
}

async function beaWatches() {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  const sent = framesSentTo(bea)
  bea.setOnline(false)
  bea.setOnline(true)
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Before'))
  const id = await share(ana, 'Bea', { sections: ['problems', 'medicines'] })
  await accept(ana, bea, id)
  await bea.session.watchShared(id, 'watchTimeline', [{}], () => undefined)
  await until(async () => (await bea.session.askShared(id, 'timelineRows', [{}, 0, 9]))?.[0]?.title === 'Before')
  endSlowly(ana)
  return { ana, bea, id, sent, loot: await lootOf(bea) }
}

const ACTS = {
  'stopped it': (ana: TestDevice, id: string) => ana.session.stopShare(id),
  'took the section out': (ana: TestDevice, id: string) => ana.session.changeShare(id, { sections: ['medicines'] }),
  'paused it': (ana: TestDevice, id: string) => ana.session.changeShare(id, { isPaused: true }),
}
const CASES = (Object.keys(ACTS) as (keyof typeof ACTS)[]).flatMap(what =>
  ([true, false] as const).map(isOnline => [what, isOnline] as const),
)

test.each(CASES)(
  'what Ana writes just after she %s reaches Bea no more, with a network: %s',
  async (what, isOnline) => {
    const { ana, bea, id, sent, loot } = await beaWatches()
    ana.setOnline(isOnline)
    expect((await ACTS[what](ana, id)).ok).toBe(true)
    for (const fields of [condition('Afterwards'), medicine('Pill afterwards')])
      expect((await ana.session.addEntry(fields)).ok).toBe(true)
    ana.setOnline(true)
    await backedUp(ana.session)
    const state = async () => (await sharesOf(bea.session)).received[0]
    await exchange([ana.session, bea.session], async () => {
      const now = await state()
      return now?.state === 'ended' || now?.isPaused === true || now?.sections.length === 1
    })
    const texts = await textsIn(sent, loot)
    const isRead = (title: string) => texts.some(text => text.includes(title))
    expect([isRead('Before'), isRead('"Afterwards')]).toEqual([true, false])
    const isNarrowed = what === 'took the section out'
    // What still is shared goes on.
    expect(!isNarrowed && isRead('Pill afterwards')).toBe(false)
    if (isNarrowed) await until(async () => (await bea.session.askShared(id, 'timelineRows', [{}, 0, 9]))?.length === 1)
  },
)
