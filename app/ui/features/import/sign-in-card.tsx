import ExternalLink from 'lucide-solid/icons/external-link'
import { createSignal } from 'solid-js'
import type { ClinicSignIn } from '#app/core/clinic-session.ts'
import { readClinicAnswer } from '#app/core/exchange/clinic/clinic-answer.ts'
import { t } from '../../language/language.ts'
import { Button, OutsideLinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Form } from '../../parts/form.tsx'
import { Named } from '../../parts/named.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useSession } from '../../session.ts'
import styles from './import.module.css'

/** Leads to the clinic's own window; its answer comes by itself, or is pasted. */
export function SignInCard(props: { readonly signIn: ClinicSignIn; readonly onAnswer: (answer: string) => void }) {
  const session = useSession()
  const [answer, setAnswer] = createSignal('')
  const [isBad, setIsBad] = createSignal(false)
  const take = () => {
    setIsBad(readClinicAnswer(answer()) === undefined)
    if (!isBad()) props.onAnswer(answer().trim())
  }
  return (
    <Card takesFocus fields title={<Named words={name => t('clinic.waiting', { name })} name={props.signIn.name} />}>
      <p>{t('clinic.waiting.text', { host: props.signIn.loginHost })}</p>
      <div class={styles.actions}>
        <OutsideLinkButton tone="primary" href={props.signIn.signInUrl} icon={<ExternalLink size="1.2rem" />}>
          {t('clinic.signIn', { host: props.signIn.loginHost })}
        </OutsideLinkButton>
        <Button onClick={() => void session.forgetClinicSignIn(props.signIn.state)}>{t('act.cancel')}</Button>
      </div>
      <details>
        <summary>{t('clinic.paste')}</summary>
        <Form onSubmit={take} actions={<Button type="submit">{t('clinic.paste.take')}</Button>}>
          <TextField
            label={t('clinic.paste')}
            hint={t('clinic.paste.hint')}
            value={answer()}
            onInput={setAnswer}
            spellcheck={false}
            error={isBad() ? t('clinic.paste.bad') : undefined}
          />
        </Form>
      </details>
    </Card>
  )
}
