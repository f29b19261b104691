import { expect, test, vi } from 'vitest'
import { browserPictures } from '#app/platform/browser-pictures.ts'

/** Red in its upper half, blue in its lower. */
async function jpeg(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  context.fillStyle = 'red'
  context.fillRect(0, 0, width, height / 2)
  context.fillStyle = 'blue'
  context.fillRect(0, height / 2, width, height / 2)
  return canvas.convertToBlob({ type: 'image/jpeg' })
}

/** With the mark of a camera that was held upright: to be turned by a quarter, clockwise. */
async function turned(picture: Blob): Promise<Blob> {
  const bytes = new Uint8Array(await picture.arrayBuffer())
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]
  const mark = new Uint8Array([0xff, 0xe1, 0, exif.length + 2, ...exif])
  return new Blob([bytes.slice(0, 2), mark, bytes.slice(2)], { type: 'image/jpeg' })
}

async function looks(small: Blob | undefined) {
  const image = await createImageBitmap(small!)
  const canvas = new OffscreenCanvas(image.width, image.height)
  const context = canvas.getContext('2d')!
  context.drawImage(image, 0, 0)
  const at = (x: number, y: number) => {
    const [red = 0, , blue = 0] = context.getImageData(x, y, 1, 1).data
    return red > blue ? 'red' : 'blue'
  }
  const { width, height } = image
  return { width, height, corners: [at(4, 4), at(width - 5, 4), at(4, height - 5)] }
}

test('a large photo is drawn small, whole and upright, without being decoded whole', async () => {
  const whole = vi.spyOn(globalThis, 'createImageBitmap')
  const small = await browserPictures.shrink(await jpeg(3000, 4000), 128)
  expect(whole).not.toHaveBeenCalled()
  expect(await looks(small)).toEqual({ width: 96, height: 128, corners: ['red', 'red', 'blue'] })
  whole.mockRestore()
})

test('one that its camera marked as turned stands upright', async () => {
  const small = await browserPictures.shrink(await turned(await jpeg(3000, 4000)), 128)
  expect(await looks(small)).toEqual({ width: 128, height: 96, corners: ['blue', 'red', 'blue'] })
})

test('a small one stays as it is, another kind is decoded whole, and what is no picture has none', async () => {
  expect(await looks(await browserPictures.shrink(await jpeg(60, 40), 128))).toMatchObject({ width: 60, height: 40 })
  const canvas = new OffscreenCanvas(600, 300)
  canvas.getContext('2d')!.fillRect(0, 0, 600, 300)
  const png = await canvas.convertToBlob({ type: 'image/png' })
  expect(await looks(await browserPictures.shrink(png, 128))).toMatchObject({ width: 128, height: 64 })
  const broken = new Blob(['no picture'], { type: 'image/jpeg' })
  expect(await browserPictures.shrink(broken, 128)).toBeUndefined()
})
