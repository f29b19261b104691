import type { Patient } from '#app/core/patient-session.ts'

/** Those in whose name every word occurs, without regard to case and accents. */
export function namedLike(patients: readonly Patient[], text: string): readonly Patient[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  return patients.filter(({ recordName }) => {
    const name = fold(recordName)
    return words.every(word => name.includes(word))
  })
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}
