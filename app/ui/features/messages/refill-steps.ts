import type { ShownStep } from '#app/core/request-session.ts'

/** The medicine that a step of a refill names. */
export function medicineIn(step: ShownStep | undefined) {
  const { medicineId, medicineName } = step?.data ?? {}
  return { medicineId, medicineName }
}

/** What it was approved as instead, of the answer that counts; undefined where it was approved as it was asked for. */
export function changeIn(history: readonly ShownStep[]): string | undefined {
  const answer = history.findLast(
    ({ kind, standing }) => (kind === 'approve' || kind === 'change') && standing === 'counts',
  )
  const instead = answer?.data['instead']
  return typeof instead === 'string' ? instead : undefined
}
