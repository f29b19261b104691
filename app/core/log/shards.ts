import { type Doc, free, getAllChanges, getHeads, getLastLocalChange, hasHeads, init } from '@automerge/automerge/slim'
import { applyChanges, change as makeChange, decodeChange, load, save } from '@automerge/automerge/slim'
import type { FrameHash } from '#schema/ids.ts'
import type { Clock } from '../ports.ts'
import { applyEach, applyTogether, type ReadyPart, verifyParts } from './apply-parts.ts'
import type { PartFact } from './frame-fact.ts'
import { readyPart } from './ready-part.ts'
import type { QuarantineReason, ShardInfo } from './sealed-log.ts'
import type { BlobRef, ShardPart } from './shard-part.ts'

type Bytes = Uint8Array<ArrayBuffer>
export type AnyDoc = Doc<unknown>

/** One frame's part for one shard, on its way into the document. */
export interface PartItem {
  readonly frame: FrameHash
  readonly prefix: string
  readonly part: ShardPart
  readonly fact: PartFact
}

/** Own changes that no frame holds yet. */
export interface PendingShard {
  readonly label: string
  readonly heads: readonly string[]
  readonly changes: readonly Bytes[]
  /** The shard whole, when this process put it. */
  readonly save?: Bytes
}

interface Shard {
  readonly label: string
  doc: AnyDoc | undefined
  opening: Promise<AnyDoc> | undefined
  heads: ReadonlySet<string>
  savedBytes: number
  /** Content that is in no cache row, while the document is closed. */
  closedSave: Bytes | undefined
  hasCache: boolean
  /** Differs from its cache row. */
  isDirty: boolean
  /** Accepted, not yet applied: the shard is cold. */
  tail: PartItem[]
  /** Changes applied or waiting since the start of this process. */
  known: Set<string>
  /** Changes that another one, met since the document was last looked at, builds on: they are no heads, whichever came first. */
  builtOn: Set<string>
  hasOpaque: boolean
  /** A snapshot's save is in it: changes that frames bring may be in it already. */
  hasBase: boolean
  pending: Bytes[]
  pendingSave: Bytes | undefined
}

export interface ShardsDeps {
  readonly clock: Clock
  readonly actor: () => string
  readonly readCache: (label: string) => Promise<Bytes | undefined>
  readonly readBlob: (blob: BlobRef) => Promise<Bytes | undefined>
  /** Applying found that a frame's content isn't what it says. The caller decides anew. */
  readonly foundBad: (frame: FrameHash, reason: QuarantineReason) => void
  /** A cache row could not be opened: the shard's content has to come from the frames again. */
  readonly lostCache: (label: string) => Promise<readonly PartItem[]>
}

export type Shards = ReturnType<typeof makeShards>

/** The log's Automerge documents: open ones in memory, cold ones by what is known of them. */
export function makeShards(deps: ShardsDeps) {
  const shards = new Map<string, Shard>()
  let retired: AnyDoc[] = []

  /** Frees a document once everybody who was promised it has gone on: they read it before their next await. */
  function retire(doc: AnyDoc): void {
    if (retired.length === 0) {
      deps.clock.after(0, () => {
        for (const each of retired) free(each)
        retired = []
      })
    }
    retired.push(doc)
  }

  function shardOf(label: string): Shard {
    const there = shards.get(label)
    if (there !== undefined) return there
    const made: Shard = {
      label,
      doc: undefined,
      opening: undefined,
      heads: new Set(),
      savedBytes: 0,
      closedSave: undefined,
      hasCache: false,
      isDirty: false,
      tail: [],
      known: new Set(),
      builtOn: new Set(),
      hasOpaque: false,
      hasBase: false,
      pending: [],
      pendingSave: undefined,
    }
    shards.set(label, made)
    return made
  }

  function settled(shard: Shard): boolean {
    return shard.pending.length === 0 && shard.pendingSave === undefined
  }

  function setDoc(shard: Shard, doc: AnyDoc): AnyDoc {
    shard.doc = doc
    shard.heads = new Set(getHeads(doc))
    shard.builtOn.clear()
    return doc
  }

  async function openShard(shard: Shard): Promise<AnyDoc> {
    if (shard.doc !== undefined && shard.tail.length === 0) return shard.doc
    shard.opening ??= fill(shard).finally(() => {
      shard.opening = undefined
    })
    return shard.opening
  }

  async function fill(shard: Shard): Promise<AnyDoc> {
    if (shard.doc === undefined) setContent(shard, await storedContent(shard))
    return drain(shard)
  }

  function setContent(shard: Shard, content: Bytes | undefined): void {
    if (shard.doc !== undefined) return
    shard.doc = content === undefined ? init({ actor: deps.actor() }) : load(content, { actor: deps.actor() })
    shard.closedSave = undefined
  }

  async function storedContent(shard: Shard): Promise<Bytes | undefined> {
    if (shard.closedSave !== undefined) return shard.closedSave
    if (!shard.hasCache) return undefined
    const cached = await deps.readCache(shard.label)
    if (cached !== undefined) return cached
    shard.tail = [...(await deps.lostCache(shard.label))]
    shard.hasCache = false
    return undefined
  }

  /** Applies what waits. Blobs are read first, so that the document changes in one go. */
  async function drain(shard: Shard): Promise<AnyDoc> {
    while (shard.tail.length > 0) {
      const items = shard.tail
      const ready = await Promise.all(items.map(item => readyPart(item, deps.readBlob)))
      shard.tail = shard.tail.slice(items.length)
      const doc = shard.doc ?? init({ actor: deps.actor() })
      setDoc(shard, applyReady(doc, ready))
      shard.isDirty = true
    }
    return setDoc(shard, shard.doc ?? init({ actor: deps.actor() }))
  }

  function applyReady(doc: AnyDoc, ready: readonly ReadyPart[]): AnyDoc {
    const good = ready.filter(part => {
      if (part.bad !== undefined) deps.foundBad(part.frame, part.bad)
      return part.bad === undefined
    })
    const together = applyTogether(doc, good, deps.actor())
    const applied = together ?? applyEach(doc, good, deps.actor(), deps.foundBad)
    for (const { frame, reason } of verifyParts(applied, good)) deps.foundBad(frame, reason)
    return applied
  }

  /** Only the document itself can say which of its heads stay. */
  function isTangled({ heads, hasBase }: Shard, { changes }: PartFact): boolean {
    if (changes === undefined) return heads.size > 0
    const own = new Set(changes.map(({ hash }) => hash))
    return hasBase && changes.some(change => !change.deps.some(dep => heads.has(dep) || own.has(dep)))
  }

  function noteHeads(shard: Shard, { fact, prefix }: PartItem): void {
    shard.hasBase ||= prefix === ''
    if (fact.changes === undefined) {
      shard.hasOpaque = true
      shard.heads = new Set(shard.heads.size === 0 ? fact.heads : [...shard.heads, ...fact.heads])
      return
    }
    const heads = new Set(shard.heads)
    for (const { hash, deps: before } of fact.changes) {
      for (const dep of before) {
        heads.delete(dep)
        shard.builtOn.add(dep)
      }
      if (!shard.builtOn.has(hash)) heads.add(hash)
      shard.known.add(hash)
    }
    shard.heads = heads
  }

  return {
    infos(): ShardInfo[] {
      return [...shards.values()]
        .filter(shard => shard.heads.size > 0)
        .map(({ label, heads, savedBytes }) => ({ label, heads: [...heads].toSorted(), savedBytes }))
        .toSorted((a, b) => (a.label < b.label ? -1 : 1))
    },

    /** In one text, to compare; empty where there is no such shard. */
    headsOf: (label: string): string => [...(shards.get(label)?.heads ?? [])].toSorted().join(),

    /** As the cached state lists it: cold. */
    addCached(info: ShardInfo, hasBase: boolean): void {
      const shard = shardOf(info.label)
      shard.hasBase = hasBase
      shard.heads = new Set(info.heads)
      shard.savedBytes = info.savedBytes
      shard.hasCache = true
    },

    open: (label: string): Promise<AnyDoc> => openShard(shardOf(label)),

    /** Whether a change is in what was accepted of a shard; opens it only if it must. */
    async knows(label: string, hash: string): Promise<boolean> {
      const shard = shards.get(label)
      if (shard === undefined) return false
      if (shard.known.has(hash) || shard.heads.has(hash)) return true
      return hasHeads(await openShard(shard), [hash])
    },

    hasOpaque(label: string): boolean {
      return shards.get(label)?.hasOpaque === true
    },

    /** Accepted content. Open documents have it when this resolves, cold ones when they are opened. */
    async add(items: readonly PartItem[]): Promise<void> {
      const touched = new Set<Shard>()
      for (const item of items) {
        const shard = shardOf(item.part.label)
        shard.tail.push(item)
        if (shard.doc !== undefined || isTangled(shard, item.fact)) touched.add(shard)
        noteHeads(shard, item)
      }
      await Promise.all([...touched].map(openShard))
    },

    /** Forgets a shard's content and takes these parts for it; what is pending comes on top again. */
    async rebuild(label: string, items: readonly PartItem[]): Promise<void> {
      const shard = shardOf(label)
      await shard.opening
      const wasOpen = shard.doc !== undefined
      if (shard.doc !== undefined) retire(shard.doc)
      Object.assign(shard, { doc: undefined, closedSave: undefined, hasCache: false, isDirty: true, heads: new Set() })
      shard.known = new Set()
      shard.builtOn.clear()
      shard.hasOpaque = false
      shard.hasBase = false
      shard.tail = [...items]
      for (const item of items) noteHeads(shard, item)
      if (wasOpen || shard.hasOpaque || !settled(shard)) await openShard(shard)
      if (shard.pending.length > 0 && shard.doc !== undefined) {
        setDoc(shard, applyChanges(shard.doc, [...shard.pending])[0])
      }
    },

    /** `isNew`: false where the edit wrote nothing that was not there. */
    async change<T>(label: string, edit: (doc: T) => void): Promise<{ readonly doc: Doc<T>; readonly isNew: boolean }> {
      const shard = shardOf(label)
      let before = await openShard(shard)
      // Another change may have gone ahead while this one waited for the document.
      while (before !== shard.doc) before = await openShard(shard)
      const seconds = Math.floor(deps.clock.now() / 1000)
      const after = makeChange(before as Doc<T>, { time: seconds }, edit)
      const made = getLastLocalChange(after)
      const head = getHeads(after).find(each => !shard.heads.has(each))
      const isNew = made !== undefined && head !== undefined
      if (isNew) {
        shard.pending.push(new Uint8Array(made))
        shard.known.add(head)
        shard.isDirty = true
      }
      setDoc(shard, after)
      return { doc: after, isNew }
    },

    async put(label: string, content: Bytes): Promise<void> {
      const shard = shardOf(label)
      if (shard.heads.size > 0) throw new Error('Cannot put a shard: there is one of that label')
      setDoc(shard, load(content, { actor: deps.actor() }))
      shard.pendingSave = content
      shard.isDirty = true
    },

    get hasPending(): boolean {
      return [...shards.values()].some(shard => !settled(shard))
    },

    /** What is to be sealed; `settle` says it was stored. */
    pending(): PendingShard[] {
      return [...shards.values()]
        .filter(shard => !settled(shard))
        .map(shard => ({
          label: shard.label,
          heads: [...shard.heads].toSorted(),
          changes: [...shard.pending],
          ...(shard.pendingSave ? { save: shard.pendingSave } : {}),
        }))
    },

    settle(sealed: readonly PendingShard[]): void {
      for (const { label, changes, save: whole } of sealed) {
        const shard = shardOf(label)
        shard.pending = shard.pending.slice(changes.length)
        if (whole !== undefined && shard.pendingSave === whole) shard.pendingSave = undefined
      }
    },

    /** Takes back every change that isn't stored. Answers the labels. */
    async dropPending(): Promise<string[]> {
      const labels: string[] = []
      for (const shard of shards.values()) {
        if (settled(shard)) continue
        await shard.opening
        labels.push(shard.label)
        const dropped = new Set(shard.pending.map(change => decodeChange(change).hash))
        const old = shard.doc
        const isWhole = shard.pendingSave !== undefined
        const kept =
          old === undefined || isWhole ? [] : getAllChanges(old).filter(c => !dropped.has(decodeChange(c).hash))
        const [doc] = applyChanges(init<unknown>({ actor: deps.actor() }), kept)
        if (old !== undefined) retire(old)
        shard.pending = []
        shard.pendingSave = undefined
        for (const hash of dropped) shard.known.delete(hash)
        setDoc(shard, doc)
      }
      return labels
    },

    close(label: string): void {
      const shard = shards.get(label)
      if (shard?.doc === undefined || shard.opening !== undefined || !settled(shard)) return
      if (shard.isDirty) {
        shard.closedSave = new Uint8Array(save(shard.doc))
        shard.savedBytes = shard.closedSave.length
      }
      retire(shard.doc)
      shard.doc = undefined
    },

    /** The shard's save, opened for it if need be. */
    async saveOf(label: string): Promise<Bytes> {
      const shard = shardOf(label)
      if (shard.doc === undefined && shard.tail.length === 0) {
        const stored = await storedContent(shard)
        if (stored !== undefined) return stored
      }
      const wasOpen = shard.doc !== undefined
      const content = new Uint8Array(save(await openShard(shard)))
      if (!wasOpen && settled(shard)) this.close(label)
      return content
    },

    dirtyLabels(): string[] {
      return [...shards.values()].filter(shard => shard.isDirty || shard.tail.length > 0).map(shard => shard.label)
    },

    cached(label: string, savedBytes: number): void {
      const shard = shardOf(label)
      Object.assign(shard, { isDirty: false, hasCache: true, savedBytes, closedSave: undefined })
    },

    /** After the writer changed: open documents go on under the new actor. */
    reopenAll(): void {
      for (const shard of shards.values()) {
        if (shard.doc === undefined) continue
        const content = save(shard.doc)
        retire(shard.doc)
        shard.doc = load(content, { actor: deps.actor() })
      }
    },

    dispose(): void {
      for (const shard of shards.values()) if (shard.doc !== undefined) retire(shard.doc)
      shards.clear()
    },
  }
}
