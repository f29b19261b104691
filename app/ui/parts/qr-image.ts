/** Larger pictures are made smaller first: codes stay readable, and a phone's photo would take seconds. */
const MAX_SIDE = 1024

/** The text of a QR code in `picture`, if one can be found. */
export async function readQr(picture: CanvasImageSource, width: number, height: number): Promise<string | undefined> {
  if (width === 0 || height === 0) return undefined
  const { decodeQR } = await import('qr/decode.js')
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height))
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return undefined
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
  } catch {
    // The decoder throws where there is no code.
    return undefined
  }
}
