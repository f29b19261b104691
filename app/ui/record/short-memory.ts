/**
 * Safari, and every browser of an iPhone or iPad, as all of them are made of it there. It deletes what scripts stored of a site that nobody
 * touched for seven days of use; apps on the Home Screen keep a count of their own. Source: WebKit, "Full Third-Party Cookie Blocking
 * and More", 24 March 2020.
 */
export function isSafari(userAgent: string): boolean {
  if (/iPhone|iPad|iPod/.test(userAgent)) return true
  return /Safari\//.test(userAgent) && /Version\//.test(userAgent) && !/Chrom|Android|Edg|OPR/.test(userAgent)
}

/** Not installed: a page among others. */
export function isBrowserTab(): boolean {
  return !matchMedia('(display-mode: standalone)').matches
}
