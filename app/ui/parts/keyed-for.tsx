import { type Accessor, createMemo, For, type JSX, Show } from 'solid-js'

/** As `<For>`, of things that come anew with every tick or answer: while a key is there its row stays, with the focus and what was typed in it. */
export function KeyedFor<T extends object>(props: {
  readonly each: readonly T[]
  readonly keyOf: (one: T) => string
  readonly children: (one: Accessor<T>) => JSX.Element
}) {
  const byKey = createMemo(() => new Map(props.each.map(one => [props.keyOf(one), one])))
  return (
    <For each={[...byKey().keys()]}>{key => <Show when={byKey().get(key)}>{one => props.children(one)}</Show>}</For>
  )
}
