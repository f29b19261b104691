import { expect, test } from 'vitest'
import { savedName } from '#app/ui/record/file-words.ts'

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
