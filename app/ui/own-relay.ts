/** The origin of the relay that the app asks: whoever served the page, unless that named another in it (decision 64). */
export function ownRelay(): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="relay"]')?.content
  return named === undefined || named === '' ? location.origin : named
}
