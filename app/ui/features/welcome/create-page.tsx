import { createResource, createSignal, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { CreateFailure } from '#app/core/session.ts'
import { guessDeviceName } from '../../device-name.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { asciiDigits } from '../../record/typed-number.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { useSession } from '../../session.ts'
import { createFailureWords } from './create-failure.ts'
import { type PersonDraft, type PersonProblems, problemsOf } from './draft-person.ts'
import styles from './create.module.css'

/** Makes a record. When it is there the vault is open, and the shell goes on to the recovery kit. */
export function CreatePage() {
  const session = useSession()
  const [draft, setDraft] = createStore<PersonDraft>({ name: '', birth: '', onlyYear: false, passphrase: '', code: '' })
  const [asks] = createResource(() => session.relayAsks())
  const [isTried, setIsTried] = createSignal(false)
  const [failure, setFailure] = createSignal<CreateFailure>()
  const [isWorking, setIsWorking] = createSignal(false)

  // Not before the first try, and gone as soon as it is mended.
  const problems = (): PersonProblems => (isTried() ? problemsOf(draft, localDateTime(new Date()).date) : {})
  const submit = async () => {
    setIsTried(true)
    if (isWorking() || Object.keys(problems()).length > 0) return
    setIsWorking(true)
    setFailure()
    const made = await session.createRecord({
      personName: draft.name.trim(),
      birthDate: draft.birth,
      passphrase: draft.passphrase,
      deviceName: guessDeviceName(),
      locale: navigator.language,
      ...(draft.code.trim() === '' ? {} : { relayToken: draft.code }),
    })
    setIsWorking(false)
    if (!made.ok) setFailure(made.failure)
  }
  const words = (field: keyof PersonProblems) => {
    const key = problems()[field]
    return key === undefined ? undefined : t(key)
  }

  return (
    <Page title={t('create.title')} lead={t('create.lead')} back={{ href: '/' }} narrow>
      <Form
        onSubmit={submit}
        actions={
          <Button type="submit" tone="primary" busy={isWorking()}>
            {t('create.submit')}
          </Button>
        }
      >
        <TextField
          label={t('create.name')}
          hint={t('create.nameHint')}
          value={draft.name}
          onInput={name => setDraft({ name })}
          error={words('name')}
          autocomplete="name"
          maxLength={200}
        />
        <div class={styles.birth}>
          <Show
            when={draft.onlyYear}
            fallback={
              <TextField
                label={t('create.birth')}
                type="date"
                value={draft.birth}
                onInput={birth => setDraft({ birth })}
                error={words('birth')}
                autocomplete="bday"
                min="1880-01-01"
                max={localDateTime(new Date()).date}
              />
            }
          >
            <TextField
              label={t('create.birthYear')}
              inputMode="numeric"
              value={draft.birth}
              onInput={birth => setDraft({ birth: asciiDigits(birth).trim() })}
              error={words('birth')}
              autocomplete="bday-year"
              maxLength={4}
            />
          </Show>
          <Button tone="plain" onClick={() => setDraft({ onlyYear: !draft.onlyYear, birth: '' })}>
            {draft.onlyYear ? t('create.wholeDate') : t('create.onlyYear')}
          </Button>
        </div>
        <PassphraseField
          label={t('pass.label')}
          hint={t('pass.hint')}
          value={draft.passphrase}
          onInput={passphrase => setDraft({ passphrase })}
          error={words('passphrase')}
          isNew
          personal={[...draft.name.split(' '), draft.birth]}
        />
        <Notice tone="info">{t('pass.nobodyKnows')}</Notice>
        <Show when={asks.latest === 'token'}>
          <TextField
            label={t('code.label')}
            optional
            hint={t('code.create')}
            value={draft.code}
            onInput={code => setDraft({ code })}
            error={words('code')}
            maxLength={400}
            spellcheck={false}
          />
        </Show>
        <Show when={failure()}>
          {known => (
            <Notice tone="danger" alert>
              {createFailureWords(known())}
            </Notice>
          )}
        </Show>
        <Show when={isWorking()}>
          <p role="status">{t('create.working')}</p>
        </Show>
      </Form>
    </Page>
  )
}
