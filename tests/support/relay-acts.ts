import type { PruneRecord } from '#schema/protocol/owner.ts'
import type { Asker, NewFrame, RelayStore } from '#sync-server/store/relay-store.ts'

/** Something a relay's store took, to be done again on a copy. */
export interface RelayAct {
  readonly run: (store: RelayStore) => Promise<unknown>
  readonly frame?: NewFrame
  /** What a signed prune lets go. */
  readonly pruned?: PruneRecord
  /** All that was given to the store. */
  readonly given: readonly unknown[]
}

/** From now on `keep` gets every change of a log that `store` takes, once it is stored; mailboxes are left out. */
export function rememberActs(
  store: RelayStore,
  keep: (act: RelayAct) => void,
  onFrame: (frame: NewFrame) => void = () => undefined,
): void {
  const kept =
    <Args extends unknown[], Value extends { readonly ok: boolean }>(
      act: (...args: Args) => Promise<Value>,
      again: (copy: RelayStore, ...args: Args) => Promise<Value>,
    ) =>
    async (...args: Args): Promise<Value> => {
      const answer = await act(...args)
      if (answer.ok) keep({ run: copy => again(copy, ...args), given: args })
      return answer
    }
  const append = store.append.bind(store)
  const prune = store.prune.bind(store)
  Object.assign(store, {
    createLog: kept(store.createLog.bind(store), (copy, log) => copy.createLog(log)),
    register: kept(store.register.bind(store), (copy, capability, no) => copy.register(capability, no)),
    revoke: kept(store.revoke.bind(store), (copy, logId, id, asker) => copy.revoke(logId, id, asker)),
    succeed: kept(store.succeed.bind(store), (copy, succession) => copy.succeed(succession)),
    append: async (frame: NewFrame, asker: Asker) => {
      onFrame(frame)
      const answer = await append(frame, asker)
      if (answer.ok) keep({ run: copy => copy.append(frame, asker), frame, given: [frame, asker] })
      return answer
    },
    putBlob: kept(store.putBlob.bind(store), (copy, logId, id, bytes, asker) => copy.putBlob(logId, id, bytes, asker)),
    prune: async (...[record, no, dueAt]: Parameters<RelayStore['prune']>) => {
      const answer = await prune(record, no, dueAt)
      if (answer.ok) keep({ run: copy => copy.prune(record, no, dueAt), pruned: record, given: [record] })
      return answer
    },
    begin: kept(store.begin.bind(store), (copy, begin, no, asker) => copy.begin(begin, no, asker)),
    closeLog: kept(store.closeLog.bind(store), (copy, logId, asker) => copy.closeLog(logId, asker)),
    deleteLog: kept(store.deleteLog.bind(store), (copy, logId, asker) => copy.deleteLog(logId, asker)),
  })
}

/** Likewise every change of a mailbox. */
export function rememberMail(store: RelayStore, keep: (act: RelayAct) => void): void {
  const [drop, removeDrop] = [store.drop.bind(store), store.removeDrop.bind(store)]
  Object.assign(store, {
    drop: async (...given: Parameters<RelayStore['drop']>) => {
      const answer = await drop(...given)
      if (answer.ok) keep({ run: copy => copy.drop(...given), given })
      return answer
    },
    removeDrop: async (...given: Parameters<RelayStore['removeDrop']>) => {
      await removeDrop(...given)
      keep({ run: copy => copy.removeDrop(...given), given })
    },
  })
}
