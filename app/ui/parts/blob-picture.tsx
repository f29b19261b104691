import { createMemo, createSignal, type JSX, onCleanup, Show } from 'solid-js'

/** A picture out of bytes at hand; `fallback` where the browser can't draw them. */
export function BlobPicture(props: {
  readonly blob: Blob
  readonly alt: string
  readonly fallback: JSX.Element
  readonly onUndrawable?: () => void
}) {
  const [isUndrawable, setUndrawable] = createSignal(false)
  const address = createMemo(() => {
    const url = URL.createObjectURL(props.blob)
    setUndrawable(false)
    onCleanup(() => URL.revokeObjectURL(url))
    return url
  })
  const fail = () => {
    setUndrawable(true)
    props.onUndrawable?.()
  }
  return (
    <Show when={!isUndrawable()} fallback={props.fallback}>
      <img src={address()} alt={props.alt} decoding="async" onError={fail} />
    </Show>
  )
}
