import { createEffect, createSignal, Match, onCleanup, Switch } from 'solid-js'
import { readClinicAnswer } from '#app/core/exchange/clinic/clinic-answer.ts'
import { t } from '../../language/language.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import styles from './connected.module.css'

/** An app that waits takes the answer at once. */
const PATIENCE_MS = 1500

interface Offered {
  /** What stood behind `?` in the address. */
  readonly answer: string
  /** Offers it until the answered function is called. */
  readonly offer: (onTaken: () => void) => () => void
}

/** What somebody sees who comes back from signing in at a clinic. */
export function ConnectedPage(props: Offered) {
  const [state, setState] = createSignal<'handing' | 'alone' | 'taken' | 'nothing'>(
    readClinicAnswer(props.answer) === undefined ? 'nothing' : 'handing',
  )
  createEffect(() => {
    document.title = `${t('clinic.back')} – ${t('app.name')}`
  })
  if (state() === 'handing') {
    const stop = props.offer(() => setState('taken'))
    const patience = setTimeout(() => state() === 'handing' && setState('alone'), PATIENCE_MS)
    onCleanup(() => {
      clearTimeout(patience)
      stop()
    })
  }
  return (
    <main class={styles.page}>
      <h1>{t('clinic.back')}</h1>
      <Switch>
        <Match when={state() === 'handing'}>
          <p role="status">{t('clinic.back.handing')}</p>
        </Match>
        <Match when={state() === 'taken'}>
          <Notice tone="success" alert>
            {t('clinic.back.taken')}
          </Notice>
        </Match>
        <Match when={state() === 'nothing'}>
          <Notice>{t('clinic.back.nothing')}</Notice>
        </Match>
        <Match when={state() === 'alone'}>
          <Alone answer={props.answer} />
        </Match>
      </Switch>
    </main>
  )
}

/** The app is locked, closed, or in another browser. */
function Alone(props: { readonly answer: string }) {
  return (
    <>
      <Notice tone="warning" alert title={t('clinic.back.alone')}>
        {t('clinic.back.alone.text')}
      </Notice>
      <p>
        <a href={`/clinics#${props.answer}`}>{t('clinic.back.open')}</a>
      </p>
      <p>{t('clinic.back.copy')}</p>
      <TextField label={t('clinic.back.answer')} value={props.answer} onInput={() => undefined} readOnly />
      <CopyButton text={props.answer} />
    </>
  )
}
