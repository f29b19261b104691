import { type JSX, useContext } from 'solid-js'
import type { Instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import { fail } from '#schema/result.ts'
import { SharedBanner } from '../../record/shared-banner.tsx'
import { type RecordView, SessionContext } from '../../session.ts'
import styles from './people.module.css'
import { previewSession } from './preview-session.ts'

/** What somebody would see, and on which page that is shown. */
export interface Preview {
  readonly sections: readonly Section[]
  readonly until: Instant | undefined
  /** The address under which its entries have theirs. */
  readonly base: string
  /** From an entry back to the preview. */
  readonly backHref: string
}

const notHere = async () => fail({ kind: 'not-found' } as const)

/** Pages inside show one's own record as somebody else would see it, below the banner that stands above it for them. */
export function PreviewRecord(props: { readonly preview: Preview; readonly children: JSX.Element }) {
  const own = useContext(SessionContext)
  if (own === undefined) throw new Error('Cannot show a preview: no SessionProvider stands above it')
  const name = () => {
    const state = own.vault()
    return state.kind === 'open' ? state.personName : ''
  }
  const view: RecordView = {
    get base() {
      return props.preview.base
    },
    isPreview: true,
    shared: {
      recordName: name,
      sections: () => props.preview.sections,
      mayChange: () => false,
      sharedBy: name,
      until: () => props.preview.until,
      viewerName: name,
      keepCopy: notHere,
      noteKept: notHere,
    },
  }
  const session = previewSession(own.session, () => ({ sections: props.preview.sections, recordName: name() }))
  const views = { ...own.views, backHref: () => props.preview.backHref, leftAt: () => 0 }
  return (
    <SessionContext.Provider value={{ ...own, session, view, views }}>
      <div class={styles.preview}>
        <SharedBanner recordName={name()} sharedBy={name()} until={props.preview.until} />
        {props.children}
      </div>
    </SessionContext.Provider>
  )
}
