import { expect, test } from 'vitest'
import { savedName, titleOfFile } from '#app/ui/record/file-words.ts'

test('savedName() lets a file end as its content is, and never as a program', () => {
  expect(savedName('Letter', { type: 'application/pdf' })).toBe('Letter.pdf')
  expect(savedName('scan.JPEG', { type: 'image/jpeg' })).toBe('scan.JPEG')
  expect(savedName('note.pdf', { type: 'text/html' })).toBe('note.pdf.html')
  expect(savedName('a/b:c', { type: 'text/rtf' })).toBe('a b c.rtf')
  expect(savedName('results.csv', { type: 'text/plain' })).toBe('results.csv')
})

test('savedName() of what cannot be told by its content goes by its name and its source, within what programs only show', () => {
  expect(savedName('Letter.docx', {})).toBe('Letter.docx')
  expect(savedName('Scan', { said: 'image/tiff; x=y' })).toBe('Scan.tif')
  expect(savedName('setup.exe', { said: 'application/x-msdownload' })).toBe('setup.exe.bin')
  expect(savedName('thing', {})).toBe('thing.bin')
})

test('titleOfFile() is the name without its ending, and “Photo” of what a camera numbered', () => {
  expect(titleOfFile('Letter of Dr Who.pdf')).toBe('Letter of Dr Who')
  expect(titleOfFile('Scan')).toBe('Scan')
  for (const name of [
    'IMG_2034.JPG',
    'PXL_20261128_101112345.MP.jpg',
    '20261128_101112.heic',
    'DSC00042.png',
    'image 3.jpeg',
  ]) {
    expect(titleOfFile(name)).toBe('Photo')
  }
  expect(titleOfFile('2026-11-28.pdf')).toBe('2026-11-28')
  expect(titleOfFile('MRI 2026.jpg')).toBe('MRI 2026')
})
