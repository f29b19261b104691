import { createSignal } from 'solid-js'
import { render } from 'solid-js/web'
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { TextField } from '#app/ui/parts/text-field.tsx'

/** A field that keeps what it is told, as a form's draft does. */
function drawField(type: 'date' | 'time', initial: string) {
  const [value, setValue] = createSignal(initial)
  const root = document.body.appendChild(document.createElement('div'))
  const end = render(() => <TextField label="When" type={type} value={value()} onInput={setValue} />, root)
  onTestFinished(() => {
    end()
    root.remove()
  })
  return { value, setValue, input: page.getByLabelText('When').element() as HTMLInputElement }
}

test('a part of a date that is cleared leaves the others, so that it can be typed anew', async () => {
  const { value, input } = drawField('date', '2026-03-04')
  input.focus()
  await userEvent.keyboard('{ArrowRight}{Backspace}')
  expect(value()).toBe('')
  await userEvent.keyboard('17')
  expect(input.value).toBe('2026-03-17')
  expect(value()).toBe('2026-03-17')
})

test('a part of a time likewise', async () => {
  const { value, input } = drawField('time', '08:15')
  input.focus()
  await userEvent.keyboard('{ArrowRight}{Backspace}40')
  expect(input.value).toBe('08:40')
  expect(value()).toBe('08:40')
})

test('what the form empties is empty, also while a part is missing', async () => {
  const { setValue, input } = drawField('date', '2026-03-04')
  input.focus()
  await userEvent.keyboard('{ArrowRight}{Backspace}')
  setValue('2025-01-02')
  expect(input.value).toBe('2025-01-02')
  setValue('')
  expect(input.value).toBe('')
  expect(input.validity.badInput).toBe(false)
})
