import type { Pictures } from '#app/core/ports.ts'

const QUALITY = 0.7
/** Decoded at about so many times the size that is wanted, where a decoder can: a photo of 60 megapixels whole takes 240 MB. */
const FINER = 4

interface Drawable {
  readonly image: CanvasImageSource
  readonly width: number
  readonly height: number
  close(): void
}

/** Undefined where this browser has no such decoder, or it cannot read the picture. */
async function decodedSmall(picture: Blob, pixels: number): Promise<Drawable | undefined> {
  if (!('ImageDecoder' in globalThis) || picture.type !== 'image/jpeg') return undefined
  const wanted = pixels * FINER
  const decoder = new ImageDecoder({
    data: picture.stream(),
    type: picture.type,
    desiredWidth: wanted,
    desiredHeight: wanted,
  })
  try {
    const { image } = await decoder.decode()
    return { image, width: image.displayWidth, height: image.displayHeight, close: () => image.close() }
  } catch {
    return undefined
  } finally {
    decoder.close()
  }
}

async function decodedWhole(picture: Blob): Promise<Drawable | undefined> {
  const image = await createImageBitmap(picture).catch(() => undefined)
  return image && { image, width: image.width, height: image.height, close: () => image.close() }
}

/** Draws in a worker. What this browser cannot draw, as some cannot HEIC, has no small picture. */
export const browserPictures: Pictures = {
  async shrink(picture, pixels) {
    const drawn = (await decodedSmall(picture, pixels)) ?? (await decodedWhole(picture))
    if (drawn === undefined) return undefined
    const scale = Math.min(1, pixels / Math.max(drawn.width, drawn.height))
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(drawn.width * scale)),
      Math.max(1, Math.round(drawn.height * scale)),
    )
    canvas.getContext('2d')?.drawImage(drawn.image, 0, 0, canvas.width, canvas.height)
    drawn.close()
    return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
  },
}
