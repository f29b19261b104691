import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import { instant } from '#schema/instant.ts'
import { instantOfWall } from '#schema/zone.ts'
import { t } from '../../language/language.ts'
import { useHost, useOwnSession } from '../../session.ts'
import { createTasks } from '../plan/create-tasks.ts'
import type { TaskLine } from '../plan/task-day.ts'
import { createNow, createRows, deviceZone } from './create-rows.ts'
import { medicineDay, scheduledMedicines } from './medicine-day.ts'

const PLACE = '/medicines/reminders'
const DAY_MS = 86_400_000
/** Longer ago than that a reminder is none. */
const LATE_MS = 15 * 60_000

const listeners = new Set<(isOn: boolean) => void>()

/** Whether this device reminds: a choice of the device, sealed beside what is typed, in no record. */
export function createReminderChoice() {
  const session = useOwnSession()
  const { reminders } = useHost()
  const [isChosen, setChosen] = createSignal(false)
  listeners.add(setChosen)
  onCleanup(() => listeners.delete(setChosen))
  void session.keptDraft(PLACE).then(text => setChosen(text === 'on'))
  const choose = (isOn: boolean) => {
    for (const tell of listeners) tell(isOn)
    void session.keepDraft(PLACE, isOn ? 'on' : '')
  }
  return {
    isPossible: reminders.isPossible,
    isOn: () => isChosen() && reminders.isAllowed(),
    async turnOn(): Promise<boolean> {
      const isAllowed = await reminders.ask()
      choose(isAllowed)
      return isAllowed
    },
    turnOff: () => choose(false),
  }
}

/** Reminds of what is due while the app runs: of no name, as anybody may see the screen of a locked phone. */
export function RemindOfMedicines() {
  const { reminders } = useHost()
  const choice = createReminderChoice()
  const now = createNow()
  const from = instant(now() - 2 * DAY_MS)
  const medicines = createRows(() => (choice.isOn() ? { kinds: ['medicine'] } : undefined))
  const doses = createRows(() => (choice.isOn() ? { kinds: ['dose'], from } : undefined))
  const said = new Set<string>()
  const due = createMemo(() => {
    const scheduled = scheduledMedicines(medicines() ?? [], doses() ?? [])
    return medicineDay(scheduled, instant(now()), deviceZone()).open.filter(
      ({ due: { at } }) => at <= now() && at > now() - LATE_MS,
    )
  })
  createEffect(() => {
    if (!choice.isOn() || doses() === undefined) return
    const fresh = due().filter(({ medicine, due: { wall } }) => !said.has(`${medicine.entry.id} ${wall}`))
    if (fresh.length === 0) return
    for (const {
      medicine,
      due: { wall },
    } of fresh)
      said.add(`${medicine.entry.id} ${wall}`)
    void reminders.show({ title: t('remind.due', { count: due().length }), tag: 'medicines' })
  })
  remindOfTasks(choice.isOn)
  return null
}

/** As of medicines; of tasks that say a time. */
function remindOfTasks(isOn: () => boolean): void {
  const { reminders } = useHost()
  const tasks = createTasks(isOn)
  const said = new Set<string>()
  createEffect(() => {
    const open = isOn() && tasks.isReady() ? tasks.day().open : []
    const due = open.filter(line => isJustDue(line, tasks.now()))
    const fresh = due.map(({ task, due: day }) => `${task.id} ${day}`).filter(name => !said.has(name))
    for (const name of fresh) said.add(name)
    if (fresh.length > 0) void reminders.show({ title: t('remind.tasks', { count: due.length }), tag: 'tasks' })
  })
}

function isJustDue({ due, rhythm: { time } }: TaskLine, now: number): boolean {
  if (time === undefined) return false
  const at = instantOfWall(`${due}T${time}`, deviceZone())
  return at <= now && at > now - LATE_MS
}
