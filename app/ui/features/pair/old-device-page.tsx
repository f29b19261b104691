import ScanLine from 'lucide-solid/icons/scan-line'
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { PairingState } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { withWord, wordsIn } from '../../parts/draft-words.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { QrScanner } from '../../parts/qr-scanner.tsx'
import { Spinner } from '../../parts/spinner.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { WrongWords } from '../../parts/wrong-words.tsx'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { useSession } from '../../session.ts'
import { createPairing } from './create-pairing.ts'
import { Digits } from './digits.tsx'
import styles from './pair.module.css'
import { type BadOffer, badOfferWords, pairingFailureWords, stillWrong } from './pairing-failure.ts'

type Compare = Extract<PairingState, { kind: 'compare' }>

/** The side of the device that has the record: it takes the code, and its person says whether the digits agree. */
export function OldDevicePage() {
  const pairing = createPairing(useSession())
  const compare = () => {
    const state = pairing.state()
    return state.kind === 'compare' ? state : undefined
  }
  // Stand here and not in the form, so that they are still there when they were refused.
  const [words, setWords] = createSignal('')
  const [asked, setAsked] = createSignal<readonly string[]>()
  /** What is wrong with typed words is said at their box; of a scanned code there is nothing to mend. */
  const wrongWords = () => {
    const failure = pairing.failure()
    return asked() !== undefined && failure?.kind === 'bad-offer' ? failure : undefined
  }
  const answer = (text: string, typed?: readonly string[]) => {
    setAsked(typed)
    void pairing.answer(text)
  }
  return (
    <Page title={t('pair.old.title')} lead={t('pair.old.lead')} back={{ href: '/devices' }} narrow>
      <Switch
        fallback={
          <Answer
            words={words()}
            asked={asked() ?? []}
            wrong={wrongWords()}
            busy={pairing.isWorking()}
            onType={setWords}
            onAnswer={answer}
          />
        }
      >
        <Match when={wrongWords() === undefined && pairing.failure()}>
          {failure => (
            <Notice
              tone="danger"
              alert
              actions={<Button onClick={() => void pairing.again()}>{t('pair.again')}</Button>}
            >
              {pairingFailureWords(failure())}
            </Notice>
          )}
        </Match>
        <Match when={pairing.state().kind === 'done'}>
          <Notice
            tone="success"
            title={t('pair.old.done.title')}
            alert
            actions={<LinkButton href="/devices">{t('pair.old.toList')}</LinkButton>}
          >
            {t('pair.old.done.text')}
          </Notice>
        </Match>
        <Match when={pairing.state().kind === 'receiving'}>
          <p class={styles.waiting} role="status">
            <Spinner />
            {t('pair.old.sending')}
          </p>
        </Match>
        <Match when={compare()}>
          {state => (
            <CompareDigits
              state={state()}
              busy={pairing.isWorking()}
              onSame={passphrase => pairing.admit(passphrase)}
              onDiffer={() => void pairing.confirm(false)}
            />
          )}
        </Match>
      </Switch>
    </Page>
  )
}

function Answer(props: {
  readonly words: string
  /** The words that were refused, where they were. */
  readonly asked: readonly string[]
  readonly wrong: BadOffer | undefined
  readonly busy: boolean
  readonly onType: (words: string) => void
  readonly onAnswer: (text: string, typed?: readonly string[]) => void
}) {
  const [isScanning, setIsScanning] = createSignal(false)
  const [isEmpty, setIsEmpty] = createSignal(false)
  const submit = () => {
    const typed = wordsIn(props.words)
    setIsEmpty(typed.length === 0)
    if (!isEmpty() && !props.busy) props.onAnswer(typed.join(' '), typed)
  }
  const error = () => {
    if (isEmpty()) return t('field.needed')
    return props.wrong && badOfferWords(props.wrong, props.asked, wordsIn(props.words))
  }
  return (
    <>
      <Button tone="primary" wide icon={<ScanLine size="1.25rem" />} onClick={() => setIsScanning(true)}>
        {t('pair.old.scan')}
      </Button>
      <Form
        onSubmit={submit}
        actions={
          <Button type="submit" busy={props.busy}>
            {t('pair.old.connect')}
          </Button>
        }
      >
        <h2>{t('pair.old.words')}</h2>
        <TextField
          label={t('pair.old.wordsLabel')}
          hint={t('pair.old.wordsHint')}
          value={props.words}
          onInput={props.onType}
          error={error()}
          spellcheck={false}
          multiline
        />
        <WrongWords
          wrong={props.wrong === undefined ? [] : stillWrong(props.wrong, props.asked, wordsIn(props.words))}
          onReplace={(position, word) => props.onType(withWord(props.words, position, word))}
        />
      </Form>
      <QrScanner
        open={isScanning()}
        onClose={() => setIsScanning(false)}
        onFound={text => {
          setIsScanning(false)
          props.onAnswer(text)
        }}
      />
    </>
  )
}

function CompareDigits(props: {
  readonly state: Compare
  readonly busy: boolean
  readonly onSame: (passphrase: string) => Promise<FreshUnlockAnswer>
  readonly onDiffer: () => void
}) {
  const [isAsking, setIsAsking] = createSignal(false)
  return (
    <div class={styles.compare} role="status">
      <h2>{t('pair.old.compare')}</h2>
      <Digits digits={props.state.digits} />
      <Show when={props.state.deviceName}>
        <p>{t('pair.old.asking', { name: props.state.deviceName })}</p>
      </Show>
      <p class={styles.soft}>{t('pair.old.compareWhy')}</p>
      <div class={styles.actions}>
        <Button tone="primary" busy={props.busy} onClick={() => setIsAsking(true)}>
          {t('pair.old.same')}
        </Button>
        <Button busy={props.busy} onClick={() => props.onDiffer()}>
          {t('pair.old.differ')}
        </Button>
      </div>
      <FreshUnlockDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('pair.old.same')}
        act={t('fresh.pair.act')}
        onUnlock={passphrase => props.onSame(passphrase)}
      >
        {t('fresh.pair.text')}
      </FreshUnlockDialog>
    </div>
  )
}
