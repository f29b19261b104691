/** Larger pictures are made smaller first: codes stay readable, and a phone's photo would take seconds. */
const MAX_SIDE = 1024
/** Drawings have no size of their own that counts, and are drawn at this one. */
const DRAWING_SIDE = 1024

/** The text of a QR code in `picture`, if one can be found. */
export async function readQr(picture: CanvasImageSource, width: number, height: number): Promise<string | undefined> {
  if (width === 0 || height === 0) return undefined
  const { decodeQR } = await import('qr/decode.js')
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height))
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return undefined
  // What is transparent is paper.
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
  } catch {
    // The decoder throws where there is no code.
    return undefined
  }
}

/** The text of a QR code in a picture's file. What is not a picture at all is the same as a picture without a code. */
export async function readPicture(file: Blob): Promise<string | undefined> {
  try {
    if (file.type === 'image/svg+xml') return await readDrawing(file)
    const picture = await createImageBitmap(file)
    return await readQr(picture, picture.width, picture.height)
  } catch {
    return undefined
  }
}

/** As an image, in which no drawing can run or load anything. */
async function readDrawing(file: Blob): Promise<string | undefined> {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image(DRAWING_SIDE, DRAWING_SIDE)
    image.src = url
    await image.decode()
    return await readQr(image, DRAWING_SIDE, DRAWING_SIDE)
  } finally {
    URL.revokeObjectURL(url)
  }
}
