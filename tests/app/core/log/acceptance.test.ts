import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Acceptance, decide } from '#app/core/log/acceptance.ts'
import type { AcceptedEpoch } from '#app/core/log/control-acceptance.ts'
import type { Epoch, Removed, Role } from '#app/core/log/control.ts'
import type { FactContent, FrameFact } from '#app/core/log/frame-fact.ts'
import { NO_HASH } from '#app/core/log/ledger.ts'
import type { FramePoint } from '#app/core/log/preface.ts'
import { BlobId, FrameHash, KeyId, PrincipalId, WriterId } from '#schema/ids.ts'

/** Facts by hand: no key, no signature, so that every case can be told in a line. */
const filled = (size: number, name: string) => {
  const bytes = new Uint8Array(size)
  bytes.set(new TextEncoder().encode(name).subarray(0, size))
  return bytes
}
const writerOf = (name: string) => WriterId.of(filled(32, name))
const principalOf = (name: string) => PrincipalId.of(filled(32, name))
const hashOf = (name: string) => FrameHash.of(filled(32, name))
const keyOf = (name: string) => KeyId.of(filled(8, name))

interface Told {
  readonly kind?: FrameFact['kind']
  readonly key?: string
  readonly distance?: number
  readonly principal?: string
}

function makeFeed(name: string, defaults: Told = {}) {
  const writer = writerOf(name)
  const facts: FrameFact[] = []
  function add(content: FactContent, told: Told = {}): FrameFact {
    const seq = facts.length
    const { kind = 'ops', key = 'k1', distance = 1, principal = 'owner' } = { ...defaults, ...told }
    const fact: FrameFact = {
      writer,
      seq,
      hash: hashOf(`${name}${seq}`),
      prev: facts.at(-1)?.hash ?? NO_HASH,
      keyId: keyOf(key),
      kind,
      content,
      ...(seq === 0 ? { voucher: { root: principalOf(principal), distance } } : {}),
    }
    facts.push(fact)
    return fact
  }
  return {
    writer,
    facts,
    point: (seq: number): FramePoint => facts[seq]!,
    epoch: (record: Partial<Omit<Epoch, 'keyId'>>, key: string) =>
      add(
        {
          kind: 'control',
          record: {
            type: 'epoch',
            parents: [],
            keyId: keyOf(key),
            commitment: new Uint8Array(32),
            roster: [{ principal: principalOf('owner'), role: 'owner' }],
            readers: [],
            removed: [],
            ...record,
          },
        },
        { kind: 'control', key },
      ),
    ops: (seen: readonly FramePoint[] = [], key = 'k1') => add({ kind: 'ops', seen, parts: [] }, { key }),
    snapshot: (covers: readonly FramePoint[], blobs: readonly BlobId[] = []) =>
      add({ kind: 'snapshot', covers, vouchers: new Map(), blobs, labels: [] }, { kind: 'snapshot' }),
  }
}

type Feed = ReturnType<typeof makeFeed>

function judged(...feeds: readonly { readonly facts: readonly FrameFact[] }[]): Acceptance {
  return judgedWith(feeds, () => true)
}

function judgedWith(
  feeds: readonly { readonly facts: readonly FrameFact[] }[],
  hasBlob: (id: BlobId) => boolean,
): Acceptance {
  return decide({
    frames: feeds.flatMap(feed => feed.facts),
    isOwner: voucher => voucher.root === principalOf('owner'),
    hasBlob,
    foundBad: new Map(),
  })
}

function verdicts(acceptance: Acceptance, feed: { readonly facts: readonly FrameFact[] }): string[] {
  return feed.facts.map(fact => {
    const decision = acceptance.decisions.get(fact.hash)!
    return decision.kind === 'accepted' ? 'accepted' : decision.reason
  })
}

/** EPOCHs that count, remove `epoch`’s writer before it and do not follow it: then a removed admin was heard. */
function removersOf(epoch: AcceptedEpoch, { epochs, lapsed }: Acceptance): AcceptedEpoch[] {
  const all = [...epochs, ...lapsed]
  const follows = ({ record }: AcceptedEpoch): boolean =>
    record.parents.some(hash => hash === epoch.hash || follows(all.find(one => one.hash === hash)!))
  const removes = ({ record }: AcceptedEpoch) =>
    record.removed.some(({ who, cuts }) => who.id === epoch.writer && epoch.seq > (cuts[0]?.seq ?? -1))
  return epochs.filter(other => other !== epoch && removes(other) && !follows(other))
}

const cut = (writer: WriterId, at?: FramePoint): Removed => ({
  who: { kind: 'writer', id: writer },
  cuts: at === undefined ? [] : [at],
})

const SAVE = BlobId.of(filled(32, 'save'))

/** Somebody built upon a snapshot before hearing of a removal that names nothing of its feed; `others`: its first frame and one it covers are gone. */
function cutSnapshot() {
  const owner = makeFeed('a', { distance: 1 })
  const removed = makeFeed('b', { distance: 2 })
  const third = makeFeed('c', { distance: 2 })
  const builder = makeFeed('d', { distance: 2 })
  owner.epoch({}, 'k1')
  owner.epoch({ parents: [owner.point(0).hash], removed: [cut(removed.writer), cut(third.writer)] }, 'k2')
  removed.ops()
  for (let count = 0; count < 2; count++) third.ops()
  removed.snapshot([removed.point(0), third.point(0)], [SAVE])
  for (let count = 0; count < 2; count++) removed.ops()
  builder.ops([removed.point(2)])
  const others = [owner, { facts: removed.facts.slice(1).map(speaking) }]
  return { owner, removed, third, builder, others }
}

/** Every snapshot carries its certificate. */
function speaking(fact: FrameFact): FrameFact {
  return fact.kind === 'snapshot' ? { ...fact, voucher: { root: principalOf('owner'), distance: 2 } } : fact
}

const rosterOf = (roles: Record<string, Role>) =>
  Object.entries(roles).map(([principal, role]) => ({ principal: principalOf(principal), role }))

describe('decide()', () => {
  test('refuses whatever a read-only principal writes (invariant 10)', () => {
    const owner = makeFeed('a')
    owner.epoch({ roster: rosterOf({ owner: 'owner', writing: 'write', reading: 'read' }) }, 'k1')
    const writing = makeFeed('b', { principal: 'writing' })
    const reading = makeFeed('c', { principal: 'reading' })
    writing.ops()
    writing.epoch({ parents: [owner.point(0).hash] }, 'k2')
    reading.ops([owner.point(0)])
    reading.epoch({ parents: [owner.point(0).hash], removed: [cut(writing.writer)] }, 'k3')
    const acceptance = judged(owner, writing, reading)
    expect(verdicts(acceptance, writing)).toEqual(['accepted', 'not-rostered'])
    expect(verdicts(acceptance, reading)).toEqual(['not-rostered', 'not-rostered'])
    expect(acceptance.epochs).toHaveLength(1)
  })

  test('lets a refused frame block nobody who saw it', () => {
    const owner = makeFeed('a')
    owner.epoch({ roster: rosterOf({ owner: 'owner', reading: 'read' }) }, 'k1')
    const reading = makeFeed('c', { principal: 'reading' })
    reading.ops()
    owner.ops([reading.point(0)])
    expect(verdicts(judged(owner, reading), owner)).toEqual(['accepted', 'accepted'])
  })

  test('waits for what was seen, and behind a gap', () => {
    const owner = makeFeed('a')
    owner.epoch({}, 'k1')
    const other = makeFeed('b')
    other.ops()
    other.ops()
    other.ops()
    owner.ops([other.point(2)])
    const partly = { facts: [other.facts[0]!, other.facts[2]!] }
    const acceptance = judged(owner, partly)
    expect(verdicts(acceptance, partly)).toEqual(['accepted', 'gap'])
    expect(verdicts(acceptance, owner)).toEqual(['accepted', 'missing-dependency'])
    expect(verdicts(judged(owner, other), owner)).toEqual(['accepted', 'accepted'])
  })

  test('sees a fork where a frame follows another one than is held, whoever lacks that', () => {
    const owner = makeFeed('a')
    owner.epoch({}, 'k1')
    const forked = makeFeed('b')
    for (let count = 0; count < 4; count++) forked.ops()
    const other: FrameFact = { ...forked.facts[1]!, hash: hashOf('other') }
    owner.ops([other])
    const partly = { facts: [forked.facts[0]!, other, forked.facts[2]!, forked.facts[3]!] }
    const acceptance = judged(owner, partly)
    expect([...acceptance.forks]).toEqual([[forked.writer, 1]])
    expect(verdicts(acceptance, partly)).toEqual(['accepted', 'accepted', 'fork', 'fork'])
    expect(verdicts(judged(owner, forked, { facts: [other] }), forked)).toEqual(['accepted', 'fork', 'fork', 'fork'])
  })

  test('takes the earliest of two cuts, and takes back what is needed by an accepted frame only', () => {
    const a = makeFeed('a')
    const b = makeFeed('b')
    const removed = makeFeed('r')
    a.epoch({}, 'k1')
    for (let count = 0; count < 5; count++) removed.ops()
    b.ops([removed.point(2)])
    a.epoch({ parents: [a.point(0).hash], removed: [cut(removed.writer, removed.point(3))] }, 'k2')
    b.epoch({ parents: [a.point(0).hash], removed: [cut(removed.writer, removed.point(0))] }, 'k3')
    const acceptance = judged(a, b, removed)
    expect(acceptance.epochs).toHaveLength(3)
    expect(acceptance.cuts.get(removed.writer)).toBe(1)
    expect(verdicts(acceptance, removed)).toEqual(['accepted', 'accepted', 'accepted', 'past-cut', 'past-cut'])
  })

  test('lets a snapshot past a cut stand for what an accepted frame needs, and for nothing else (invariant 4)', () => {
    const { owner, removed, third, builder, others } = cutSnapshot()
    const all = judged(owner, removed, third, builder)
    expect(verdicts(all, builder)).toEqual(['accepted'])
    expect(verdicts(all, removed)).toEqual(['accepted', 'accepted', 'accepted', 'past-cut'])
    expect(verdicts(all, third)).toEqual(['accepted', 'past-cut'])
    const lost = judged(...others, builder)
    expect(lost.bases).toEqual([removed.point(1).hash])
    for (const [hash, decision] of lost.decisions) expect(decision).toEqual(all.decisions.get(hash))
    expect(judged(...[...others, builder].toReversed())).toEqual(lost)
    const without = judged(...others)
    expect(without.bases).toEqual([])
    expect(others.slice(1).map(feed => verdicts(without, feed))).toEqual([['past-cut', 'past-cut', 'past-cut']])
  })

  test('asks for the blobs of a snapshot past a cut only where it would stand for something', () => {
    const { owner, removed, third, builder, others } = cutSnapshot()
    const hasBlob = () => false
    expect(judgedWith([owner, removed, third, builder], hasBlob).blobsPastCuts).toEqual([])
    expect(judgedWith([...others, builder], hasBlob).blobsPastCuts).toEqual([SAVE])
    expect(judgedWith(others, hasBlob).blobsPastCuts).toEqual([])
  })

  test('never takes a removed admin’s epoch back, and judges mutual removal by rank, then by hash', () => {
    const near = makeFeed('n', { distance: 1 })
    const far = makeFeed('f', { distance: 2 })
    near.epoch({}, 'k1')
    far.ops([near.point(0)])
    near.epoch({ parents: [near.point(0).hash], removed: [cut(far.writer, far.point(0))] }, 'k2')
    far.epoch({ parents: [near.point(0).hash], removed: [cut(near.writer, near.point(0))] }, 'k3')
    far.ops([], 'k3')
    const acceptance = judged(near, far)
    expect(verdicts(acceptance, near)).toEqual(['accepted', 'accepted'])
    expect(verdicts(acceptance, far)).toEqual(['accepted', 'past-cut', 'past-cut'])

    const root = makeFeed('x')
    const one = makeFeed('1')
    const two = makeFeed('2')
    root.epoch({}, 'k1')
    two.epoch({ parents: [root.point(0).hash], removed: [cut(one.writer)] }, 'k2')
    one.epoch({ parents: [root.point(0).hash], removed: [cut(two.writer)] }, 'k3')
    expect(judged(root, one, two).epochs.map(epoch => epoch.writer)).toEqual([one.writer, root.writer])
  })

  test('takes what members sealed under an EPOCH before they knew that it does not count (invariant 4)', () => {
    const owner = makeFeed('a')
    const removed = makeFeed('r')
    const third = makeFeed('t')
    owner.epoch({ roster: rosterOf({ owner: 'owner', reading: 'read' }) }, 'k1')
    removed.ops()
    // Unknown to who removes it, the removed one makes a reader a writer, and a stranger too.
    const roster = rosterOf({ owner: 'owner', reading: 'write', stranger: 'owner' })
    removed.epoch({ parents: [owner.point(0).hash], roster }, 'lapsed')
    removed.ops([], 'lapsed')
    removed.ops([], 'lapsed')
    third.ops([removed.point(2)], 'lapsed')
    owner.epoch({ parents: [owner.point(0).hash], removed: [cut(removed.writer, removed.point(0))] }, 'k2')
    owner.ops([third.point(0)], 'k2')
    const reading = makeFeed('x', { principal: 'reading' })
    reading.ops([], 'lapsed')
    const stranger = makeFeed('s', { principal: 'stranger' })
    stranger.ops([], 'lapsed')
    const acceptance = judged(owner, removed, third, reading, stranger)
    expect(acceptance.epochs).toHaveLength(2)
    expect(verdicts(acceptance, owner)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(verdicts(acceptance, third)).toEqual(['accepted'])
    expect(verdicts(acceptance, removed)).toEqual(['accepted', 'past-cut', 'accepted', 'past-cut'])
    expect(verdicts(acceptance, reading)).toEqual(['not-rostered'])
    expect(verdicts(acceptance, stranger)).toEqual(['not-rostered'])
  })

  test('keeps an admin’s EPOCH that follows a refused one, without the roles that one gave', () => {
    const owner = makeFeed('a')
    const removed = makeFeed('r')
    const third = makeFeed('t')
    owner.epoch({ roster: rosterOf({ owner: 'owner', known: 'write' }) }, 'k1')
    const given = rosterOf({ owner: 'owner', known: 'manage', stranger: 'owner' })
    removed.epoch({ parents: [owner.point(0).hash], roster: given }, 'lapsed')
    const own = [...given, ...rosterOf({ fresh: 'write' })]
    third.epoch({ parents: [removed.point(0).hash], roster: own, removed: [cut(writerOf('late'))] }, 'k3')
    owner.epoch({ parents: [owner.point(0).hash], removed: [cut(removed.writer)] }, 'k2')
    const stranger = makeFeed('s', { principal: 'stranger' })
    stranger.epoch({ parents: [third.point(0).hash] }, 'k4')
    const late = makeFeed('late')
    late.ops()
    const acceptance = judged(owner, removed, third, stranger, late)
    expect(verdicts(acceptance, third)).toEqual(['accepted'])
    expect(verdicts(acceptance, stranger)).toEqual(['not-rostered'])
    expect(verdicts(acceptance, late)).toEqual(['past-cut'])
    const kept = acceptance.epochs.find(epoch => epoch.writer === third.writer)
    expect(kept?.record.roster).toEqual(rosterOf({ owner: 'owner', known: 'write', fresh: 'write' }))
  })

  test('opens a ring of removals at its best rank, and takes nobody who removes the winner', () => {
    const root = makeFeed('x')
    const ring = ['1', '2', '3'].map(name => makeFeed(name))
    const [one, two, three] = ring as [Feed, Feed, Feed]
    root.epoch({}, 'k0')
    const parents = [root.point(0).hash]
    one.epoch({ parents, removed: [cut(two.writer)] }, 'k1')
    two.epoch({ parents, removed: [cut(three.writer)] }, 'k2')
    three.epoch({ parents, removed: [cut(one.writer)] }, 'k3')
    // Removed by one of the ring, of better rank than all of it: that opens no ring.
    const outside = makeFeed('0')
    outside.epoch({ parents }, 'k4')
    three.epoch({ parents, removed: [cut(outside.writer)] }, 'k5')
    const acceptance = judged(root, ...ring, outside)
    expect(verdicts(acceptance, one)).toEqual(['accepted'])
    expect(verdicts(acceptance, two)).toEqual(['past-cut'])
    expect(verdicts(acceptance, three)).toEqual(['past-cut', 'accepted'])
    expect(verdicts(acceptance, outside)).toEqual(['past-cut'])
  })

  test('takes no first EPOCH but the owner’s', () => {
    const stranger = makeFeed('s', { principal: 'stranger' })
    stranger.epoch({ roster: rosterOf({ stranger: 'owner' }) }, 'k1')
    expect(judged(stranger).epochs).toEqual([])
  })

  test('answers the same in every order (invariant 3)', () => {
    const feeds = fc.array(fc.record({ who: fc.nat(3), what: fc.nat(9), at: fc.nat(20), keyed: fc.nat(3) }), {
      minLength: 3,
      maxLength: 40,
    })
    fc.assert(
      fc.property(feeds, fc.infiniteStream(fc.nat(1000)), (acts, dice) => {
        const all = ['a', 'b', 'c', 'd'].map((name, index) => makeFeed(name, { distance: 1 + (index % 2) }))
        const owner = all[0]!
        owner.epoch({}, 'k0')
        for (const [index, { who, what, at, keyed }] of acts.entries()) {
          const feed = all[who]!
          const others = all.flatMap(each => each.facts)
          const other = others[at % others.length]!
          const epochs = others.filter(fact => fact.kind === 'control')
          const parents = [epochs[at % epochs.length]!, epochs[keyed % epochs.length]!].map(fact => fact.hash)
          if (what < 7) feed.ops(what < 4 ? [other] : [], `k${keyed}`)
          else
            feed.epoch(
              { parents, removed: what < 8 ? [] : [cut(other.writer, what === 8 ? other : undefined)] },
              `k${index}`,
            )
        }
        const frames = all.flatMap(each => each.facts)
        const shuffled = frames
          .map(fact => ({ fact, rank: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ fact }) => fact)
        const [straight, mixed] = [judged({ facts: frames }), judged({ facts: shuffled })]
        for (const fact of frames) expect(mixed.decisions.get(fact.hash)).toEqual(straight.decisions.get(fact.hash))
        expect(mixed.epochs).toEqual(straight.epochs)
        expect(mixed.lapsed).toEqual(straight.lapsed)
        for (const epoch of straight.epochs) expect(removersOf(epoch, straight)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
