import { createSignal } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'

/** A link, or a card's text, that came in a message. */
export function PasteField(props: { readonly onText: (text: string) => void }) {
  const [text, setText] = createSignal('')
  const [isMissing, setMissing] = createSignal(false)
  const take = () => {
    setMissing(text().trim() === '')
    if (!isMissing()) props.onText(text().trim())
  }
  return (
    <Card title={t('link.paste.title')}>
      <Form onSubmit={take} actions={<Button type="submit">{t('link.paste.look')}</Button>}>
        <TextField
          label={t('link.paste')}
          hint={t('link.paste.hint')}
          value={text()}
          onInput={setText}
          spellcheck={false}
          error={isMissing() ? t('link.paste.missing') : undefined}
        />
      </Form>
    </Card>
  )
}
