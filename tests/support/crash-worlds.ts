import type { ByteStore } from '#app/core/ports.ts'
import type { LoopRelay } from './loop-link.ts'
import type { MemoryDisk } from './memory-store.ts'
import type { TestDevice } from './test-device.ts'

/** What a crash is measured by: a copy of the world as it is now, and a number that rises with all that reached the relay. */
export interface CrashWorlds<World> {
  freeze(): () => Promise<World>
  readonly actCount: () => number
  /** Whether the moments before and after the commit that comes now are wanted; left out for all. */
  readonly isStep?: () => boolean
}

/** Has `act` done, and answers how to come to every world that a process killed before or after one of its commits would leave. */
export async function worldsOfCommits<World>(
  crashes: CrashWorlds<World>,
  store: ByteStore,
  act: () => Promise<void>,
): Promise<(() => Promise<World>)[]> {
  const worlds: (() => Promise<World>)[] = []
  let last = ''
  const note = (commits: number) => {
    // Where nothing reached the relay since the last commit, before this one is after that one.
    const now = `${commits} ${crashes.actCount()}`
    if (last === now) return
    last = now
    worlds.push(crashes.freeze())
  }
  const commit = store.commit.bind(store)
  let commits = 0
  let turn: Promise<unknown> = Promise.resolve()
  store.commit = writes => {
    const answer = turn.then(async () => {
      const isStep = crashes.isStep?.() ?? true
      if (isStep) note(commits)
      const done = await commit(writes)
      commits++
      if (isStep) note(commits)
      return done
    })
    turn = answer
    return answer
  }
  await act()
  store.commit = commit
  return worlds
}

/** The devices of a story, each on a copy of its disk at a copy of their relay. */
interface CrashedWorld {
  readonly disks: readonly MemoryDisk[]
  readonly relay: LoopRelay
}

/** They wait more than they work. */
const AT_ONCE = 4

/**
 * One commit in `stride`, where one pass over all of them takes too long; `CRASH_STRIDE` in the environment takes its place, 1 for each of
 * them.
 */
export function oneIn(stride: number): () => boolean {
  const wanted = Number(process.env['CRASH_STRIDE'] ?? stride)
  let count = 0
  return () => count++ % wanted === 0
}

type StartDevice = (options: { readonly disk: MemoryDisk; readonly relay: LoopRelay }) => Promise<TestDevice>

/**
 * Has `act` done by `devices`, the first of which is then thought to have died before and after each of its commits: from every such
 * moment all of them start anew, locked, and `goOn` must bring it to its end. Answers how many moments there were. `isStep`: whether the
 * commit that comes now is one of them.
 */
export async function dyingAtEachCommit(
  story: { relay(): LoopRelay; readonly device: StartDevice },
  devices: readonly [TestDevice, ...TestDevice[]],
  act: () => Promise<void>,
  goOn: (again: readonly TestDevice[], relay: LoopRelay) => Promise<void>,
  isStep: () => boolean = oneIn(1),
): Promise<number> {
  const crashes: CrashWorlds<CrashedWorld> = {
    actCount: () => story.relay().actCount,
    isStep,
    freeze() {
      const [disks, relayThen] = [devices.map(({ disk }) => disk.clone()), story.relay().freeze()]
      return async () => ({ disks, relay: await relayThen() })
    },
  }
  const worlds = await worldsOfCommits(crashes, devices[0].store, act)
  for (const each of devices) end(each)
  const left = worlds.entries()
  const inTurn = async () => {
    for (const [number, open] of left) {
      const world = await open()
      const again: TestDevice[] = []
      for (const disk of world.disks) again.push(await story.device({ disk, relay: world.relay }))
      await goOn(again, world.relay).catch((cause: unknown) => {
        throw new Error(`Cannot go on from moment ${number + 1} of ${worlds.length}`, { cause })
      })
      for (const each of again) end(each)
      await world.relay.stop()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, inTurn))
  return worlds.length
}

function end({ link, store, host }: TestDevice): void {
  link.setReachable(false)
  store.kill()
  host.dispose()
}
