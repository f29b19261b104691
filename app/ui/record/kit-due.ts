import type { Instant } from '#schema/instant.ts'

/** A calendar year after the words were last typed from the paper; never where they never were. */
export function isPracticeDue(typedAt: Instant | undefined, now: Instant): boolean {
  if (typedAt === undefined) return false
  const due = new Date(typedAt)
  due.setFullYear(due.getFullYear() + 1)
  return due.getTime() <= now
}
