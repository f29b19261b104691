import { createMemo } from 'solid-js'
import { instant } from '#schema/instant.ts'
import { wallAt } from '#schema/zone.ts'
import { createNow, createRows, deviceZone } from '../medicines/create-rows.ts'
import { taskDay } from './task-day.ts'

/** What there is to do, and what was done today; nothing while `isWanted` says so. */
export function createTasks(isWanted: () => boolean = () => true) {
  const now = createNow()
  const tasks = createRows(() => (isWanted() ? { kinds: ['task'] } : undefined))
  const done = createRows(() => (isWanted() ? { kinds: ['task-done'] } : undefined))
  const today = createMemo(() => wallAt(instant(now()), deviceZone()).slice(0, 10))
  return {
    now,
    today,
    isReady: () => tasks() !== undefined && done() !== undefined,
    count: () => tasks()?.length ?? 0,
    day: createMemo(() => taskDay(tasks() ?? [], done() ?? [], today())),
    doneToday: createMemo(() =>
      (done() ?? []).filter(({ when }) => when !== undefined && wallAt(when.sortAt, deviceZone()).startsWith(today())),
    ),
  }
}

export type Tasks = ReturnType<typeof createTasks>
