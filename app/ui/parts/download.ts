/** Hands a file to the browser's downloads. */
export function downloadBlob(blob: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = fileName
  link.click()
  // The browser has taken hold of the bytes by the next minute, even where it asks for a place first.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
