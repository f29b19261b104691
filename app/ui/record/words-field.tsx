import ScanLine from 'lucide-solid/icons/scan-line'
import { createSignal } from 'solid-js'
import type { WordsCheck } from '#app/core/session.ts'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { withWord, wordsIn } from '../parts/draft-words.ts'
import { QrScanner } from '../parts/qr-scanner.tsx'
import { TextField } from '../parts/text-field.tsx'
import { WrongWords } from '../parts/wrong-words.tsx'
import styles from './words-field.module.css'

interface WordsFieldProps {
  readonly value: string
  readonly onInput: (value: string) => void
  /** What is known of the words; undefined before they were checked. */
  readonly check: WordsCheck | undefined
  readonly onCheck: () => void
}

/** The 24 words, all in one box because people paste them; says which word is wrong and what it may have been. */
export function WordsField(props: WordsFieldProps) {
  const [isScanning, setIsScanning] = createSignal(false)
  return (
    <div class={styles.words}>
      <TextField
        label={t('recover.words')}
        hint={t('recover.wordsHint')}
        value={props.value}
        onInput={props.onInput}
        onBlur={() => props.onCheck()}
        error={errorOf(props.check)}
        spellcheck={false}
        multiline
      />
      <div class={styles.line}>
        <span role="status">
          {props.check?.kind === 'ok'
            ? t('recover.complete')
            : t('recover.counted', { count: wordsIn(props.value).length })}
        </span>
        <Button tone="plain" icon={<ScanLine size="1.25rem" />} onClick={() => setIsScanning(true)}>
          {t('recover.scan')}
        </Button>
      </div>
      <WrongWords
        wrong={props.check?.kind === 'unknown' ? props.check.wrong : []}
        onReplace={(position, word) => {
          props.onInput(withWord(props.value, position, word))
          props.onCheck()
        }}
      />
      <QrScanner
        open={isScanning()}
        onClose={() => setIsScanning(false)}
        onFound={text => {
          setIsScanning(false)
          props.onInput(text)
          props.onCheck()
        }}
      />
    </div>
  )
}

function errorOf(check: WordsCheck | undefined): string | undefined {
  if (check === undefined || check.kind === 'ok') return undefined
  if (check.kind === 'count') return t('recover.tooFew', { count: check.got })
  if (check.kind === 'checksum') return t('recover.checksum')
  return check.wrong.map(each => t('recover.wrongWord', { position: each.position })).join(' ')
}
