import { createSignal } from 'solid-js'
import type { ThreadPlace } from '#app/core/message-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useSession } from '../../session.ts'
import { messageFailureWords } from '../../record/messages/message-words.ts'

/** What somebody who has no Wellkeep said, as this person was told. */
export function ToldForm(props: { readonly place: ThreadPlace; readonly name: string; readonly onClose: () => void }) {
  const session = useSession()
  const key = crypto.randomUUID()
  const [text, setText] = createSignal('')
  const [isBusy, setIsBusy] = createSignal(false)
  const save = async () => {
    setIsBusy(true)
    const said = await session.sendMessage(props.place, { text: text(), key, isTheirs: true })
    setIsBusy(false)
    if (said.ok) props.onClose()
    else showToast({ message: messageFailureWords(said.failure) })
  }
  return (
    <Dialog open onClose={props.onClose} title={t('visitor.writeDown')}>
      <Form
        onSubmit={save}
        actions={
          <>
            <Button tone="primary" type="submit" busy={isBusy()}>
              {t('visitor.told.save')}
            </Button>
            <Button onClick={() => props.onClose()}>{t('act.cancel')}</Button>
          </>
        }
      >
        <TextField label={t('visitor.told.text', { name: props.name })} multiline value={text()} onInput={setText} />
      </Form>
    </Dialog>
  )
}
