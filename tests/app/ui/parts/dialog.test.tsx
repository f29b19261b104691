import { createSignal, type JSX } from 'solid-js'
import { render } from 'solid-js/web'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '#app/ui/styles/layers.css'
import '#app/ui/styles/tokens.css'
import '#app/ui/styles/base.css'
import { ConfirmDialog, Dialog } from '#app/ui/parts/dialog.tsx'
import { TextField } from '#app/ui/parts/text-field.tsx'

beforeEach(() => page.viewport(360, 740))

function draw(dialog: (open: () => boolean, close: () => void) => JSX.Element): void {
  const [isOpen, setOpen] = createSignal(false)
  const root = document.createElement('main')
  document.body.append(root)
  const stop = render(
    () => (
      <>
        <h1 tabindex="-1">A page</h1>
        <button type="button" onClick={() => setOpen(true)}>
          Ask
        </button>
        {dialog(isOpen, () => setOpen(false))}
      </>
    ),
    root,
  )
  onTestFinished(() => {
    stop()
    root.remove()
  })
}

const ask = () => page.getByRole('button', { name: 'Ask' })

test('a window gives the focus back to what opened it', async () => {
  draw((open, close) => (
    <ConfirmDialog open={open()} onClose={close} title="Sure?" act="Do it" onConfirm={close}>
      Really.
    </ConfirmDialog>
  ))
  await ask().click()
  await expect.element(page.getByRole('button', { name: 'Close' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(ask()).toHaveFocus()
})

test('a window in which something is to be typed begins there', async () => {
  draw((open, close) => (
    <Dialog open={open()} onClose={close} title="Rename">
      <TextField label="Name" value="Phone" onInput={() => undefined} />
    </Dialog>
  ))
  await ask().click()
  await expect.element(page.getByLabelText('Name')).toHaveFocus()
})

test('a long name of a file in the title moves neither the cross nor the buttons out of the window', async () => {
  const file = `${'Almeda560_Ashlyn643_Denesik803_16b9eeca-09bb-7b64-7ee1'.repeat(2)}.json.gz`
  draw((open, close) => (
    <ConfirmDialog open={open()} onClose={close} title={`Take back ${file}?`} act="Take it back" onConfirm={close}>
      {file}
    </ConfirmDialog>
  ))
  for (const width of [360, 1280]) {
    await page.viewport(width, 740)
    await ask().click()
    const dialog = page.getByRole('dialog')
    await expect.element(dialog).toBeVisible()
    const edge = dialog.element().getBoundingClientRect().right
    expect(dialog.element().scrollWidth).toBeLessThanOrEqual(dialog.element().clientWidth)
    for (const name of ['Close', 'Take it back']) {
      expect(dialog.getByRole('button', { name }).element().getBoundingClientRect().right).toBeLessThan(edge)
    }
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
  }
})
