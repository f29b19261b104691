import { createSignal } from 'solid-js'
import { render } from 'solid-js/web'
import { expect, onTestFinished, test } from 'vitest'
import { TrendChart } from '#app/ui/parts/trend-chart.tsx'
import type { TrendPoint } from '#app/ui/parts/trend-paths.ts'

const COUNT = 5000

function drawn(points: readonly TrendPoint[]) {
  const root = document.createElement('div')
  root.style.width = '800px'
  document.body.append(root)
  const [index, setIndex] = createSignal(points.length - 1)
  const stop = render(
    () => (
      <TrendChart
        label="Sodium"
        series={[{ name: 'mmol/L', points }]}
        formatValue={String}
        formatAt={String}
        pick={{ index: index(), onPick: setIndex, label: 'One by one', words: String(index()) }}
      />
    ),
    root,
  )
  onTestFinished(() => {
    stop()
    root.remove()
  })
  return { root, index }
}

const frame = () => new Promise(resolve => requestAnimationFrame(resolve))

test('5,000 points are drawn as a handful of elements, and picking one draws only its mark anew', async () => {
  const points = Array.from({ length: COUNT }, (_, at) => ({
    at: at * 3_600_000,
    value: 140 + 5 * Math.sin(at / 40) + (at % 7),
    range: { low: 136, high: at < COUNT / 2 ? 145 : 144 },
  }))
  const start = performance.now()
  const { root, index } = drawn(points)
  while (root.querySelector('path') === null) await frame()
  const line = root.querySelector('path[class*="line"]')
  // Told, not promised: the machine that runs this may be busy. The promise is 100 ms.
  console.info(`5,000 points drawn after ${Math.round(performance.now() - start)} ms`)
  expect(root.querySelectorAll('svg *').length).toBeLessThan(40)
  expect((line?.getAttribute('d') ?? '').length).toBeLessThan(60_000)
  const slider = root.querySelector<HTMLElement>('[role=slider]')!
  const box = slider.getBoundingClientRect()
  const before = performance.now()
  for (let step = 0; step < 60; step++) {
    const place = { clientX: box.left + 60 + step * 10, clientY: box.top + 60, buttons: 1, bubbles: true }
    slider.dispatchEvent(new PointerEvent('pointermove', place))
  }
  console.info(`a step of a finger takes ${((performance.now() - before) / 60).toFixed(2)} ms`)
  expect(index()).toBeLessThan(COUNT - 1)
  expect(root.querySelector('path[class*="line"]')).toBe(line)
})
