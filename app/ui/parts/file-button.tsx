import FolderOpen from 'lucide-solid/icons/folder-open'
import { Button } from './button.tsx'

/** Opens the file picker. */
export function FileButton(props: {
  readonly label: string
  readonly primary?: boolean
  /** What the picker offers; left out: every file. */
  readonly accept?: string
  readonly busy?: boolean
  readonly onFile: (file: File) => void
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
        onChange={event => {
          const file = event.currentTarget.files?.[0]
          if (file !== undefined) props.onFile(file)
          // The same one may be chosen again.
          event.currentTarget.value = ''
        }}
      />
      <Button
        tone={props.primary ? 'primary' : 'quiet'}
        busy={props.busy === true}
        icon={<FolderOpen size="1.25rem" />}
        onClick={() => input?.click()}
      >
        {props.label}
      </Button>
    </>
  )
}
