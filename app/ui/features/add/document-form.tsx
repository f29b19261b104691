import type { DocumentFields, EntryId } from '#schema/record/entry.ts'
import { AboutPaper } from './about-paper.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { checkDocument, draftOfDocument } from './draft-document.ts'
import { FormFrame } from './form-frame.tsx'

/** Over a document that is there: its files stay as they are. */
export function DocumentForm(props: { readonly fields: DocumentFields; readonly id: EntryId | undefined }) {
  const form = createEntryForm({ initial: draftOfDocument(props.fields), id: props.id, check: checkDocument })
  return (
    <FormFrame form={form} takesNoFiles>
      <AboutPaper form={form} />
    </FormFrame>
  )
}
