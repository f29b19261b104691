import FolderOpen from 'lucide-solid/icons/folder-open'
import type { JSX } from 'solid-js'
import { Button } from './button.tsx'

/** Opens the file picker. */
export function FileButton(props: {
  readonly label: string
  readonly primary?: boolean
  /** What the picker offers; left out: every file. */
  readonly accept?: string
  readonly busy?: boolean
  readonly icon?: JSX.Element
  readonly onFile?: (file: File) => void
  /** Several at once may be chosen. */
  readonly onFiles?: (files: readonly File[]) => void
}) {
  let input: HTMLInputElement | undefined
  return (
    <>
      <input
        ref={element => {
          input = element
        }}
        type="file"
        hidden
        aria-label={props.label}
        accept={props.accept}
        multiple={props.onFiles !== undefined}
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])]
          const [first] = files
          if (first !== undefined) props.onFile?.(first)
          if (first !== undefined) props.onFiles?.(files)
          // The same one may be chosen again.
          event.currentTarget.value = ''
        }}
      />
      <Button
        tone={props.primary ? 'primary' : 'quiet'}
        busy={props.busy === true}
        icon={props.icon ?? <FolderOpen size="1.25rem" />}
        onClick={() => input?.click()}
      >
        {props.label}
      </Button>
    </>
  )
}
