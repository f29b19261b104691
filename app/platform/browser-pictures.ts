import type { Pictures } from '#app/core/ports.ts'

const QUALITY = 0.7

/** Draws in a worker. What this browser cannot draw, as some cannot HEIC, has no small picture. */
export const browserPictures: Pictures = {
  async shrink(picture, pixels) {
    const whole = await createImageBitmap(picture).catch(() => undefined)
    if (whole === undefined) return undefined
    const scale = Math.min(1, pixels / Math.max(whole.width, whole.height))
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(whole.width * scale)),
      Math.max(1, Math.round(whole.height * scale)),
    )
    canvas.getContext('2d')?.drawImage(whole, 0, 0, canvas.width, canvas.height)
    whole.close()
    return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
  },
}
