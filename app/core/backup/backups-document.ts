import { ImmutableString } from '@automerge/automerge/slim'
import { DeviceId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { HomeLog } from '../home/home-log.ts'
import type { StoreFailure } from '../ports.ts'

/** The home log's shard of backups made: the last of each device, by its id. */
const BACKUPS_SHARD = 'backups'

type BackupsDocument = Record<string, BackupDocument>

interface BackupDocument {
  madeAt: number
  entries: number
  state: ImmutableString
}

/** One backup, and who made it. */
export interface BackupNote {
  readonly by: DeviceId
  readonly madeAt: Instant
  readonly entries: number
  /** `stateOf` the record then. */
  readonly state: string
}

/** Durable when it answers ok. An older one than is noted already says nothing new. */
export async function noteBackup(home: HomeLog, note: BackupNote): Promise<Result<void, StoreFailure>> {
  const { by, madeAt, entries, state } = note
  await home.log.change<BackupsDocument>(BACKUPS_SHARD, doc => {
    if ((doc[by]?.madeAt ?? Number.NEGATIVE_INFINITY) < madeAt) {
      doc[by] = { madeAt, entries, state: new ImmutableString(state) }
    }
  })
  return home.log.flush()
}

/** The newest by any of this person's devices. */
export async function lastBackup(home: HomeLog): Promise<BackupNote | undefined> {
  const doc = await home.log.read<BackupsDocument>(BACKUPS_SHARD)
  return Object.entries(doc)
    .flatMap(([id, { madeAt, entries, state }]) => {
      const by = DeviceId.parse(id)
      return by === undefined ? [] : [{ by, madeAt: instant(madeAt), entries, state: String(state) }]
    })
    .toSorted((a, b) => b.madeAt - a.madeAt)[0]
}
