import { writeFile } from 'node:fs/promises'
import type { Page } from 'playwright'

const [WIDTH, HEIGHT, SIDE] = [640, 480, 360]
const [DARK, LIGHT, NO_COLOUR] = [16, 235, 128]

/** Writes what a camera sees while somebody holds pictures before it: a dark room, then the next picture, over and over. */
export async function film(path: string, page: Page, ...pictures: readonly Buffer[]): Promise<void> {
  const room = Buffer.alloc(WIDTH * HEIGHT, DARK)
  const frames: Buffer[] = []
  for (const picture of pictures) {
    const grey = await page.evaluate(greyOf, { png: picture.toString('base64'), side: SIDE })
    frames.push(...Array.from({ length: 5 }, () => frame(room)))
    frames.push(...Array.from({ length: 15 }, () => frame(heldIn(room, grey))))
  }
  await writeFile(
    path,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frames]),
  )
}

const frame = (lightness: Buffer) =>
  Buffer.concat([Buffer.from('FRAME\n'), lightness, Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR)])

function heldIn(room: Buffer, grey: readonly number[]): Buffer {
  const held = Buffer.from(room)
  const [left, top] = [(WIDTH - SIDE) / 2, (HEIGHT - SIDE) / 2]
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      held[(top + y) * WIDTH + left + x] = DARK + Math.round((grey[y * SIDE + x]! / 255) * (LIGHT - DARK))
    }
  }
  return held
}

/** Runs in the browser: the lightness of each dot of a picture, made `side` wide and high. */
async function greyOf({ png, side }: { readonly png: string; readonly side: number }): Promise<number[]> {
  const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), letter => letter.charCodeAt(0))]))
  const context = new OffscreenCanvas(side, side).getContext('2d')
  if (context === null) throw new Error('No canvas')
  context.drawImage(picture, 0, 0, side, side)
  const { data } = context.getImageData(0, 0, side, side)
  return Array.from({ length: side * side }, (_, dot) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(dot * 4, dot * 4 + 3)
    return 0.3 * red + 0.59 * green + 0.11 * blue
  })
}
