/** Whether a resource says its value more than once, which FHIR forbids: one of them is shown, and nobody may think that it is all. */
export function saysMoreValues(original: string): boolean {
  let resource: unknown
  try {
    resource = JSON.parse(original)
  } catch {
    return false
  }
  if (typeof resource !== 'object' || resource === null) return false
  return Object.keys(resource).filter(name => /^value[A-Z]/.test(name)).length > 1
}
