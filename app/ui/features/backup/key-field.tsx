import ScanLine from 'lucide-solid/icons/scan-line'
import { createSignal } from 'solid-js'
import type { BackupKeyCheck } from '#app/core/backup-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { withWord } from '../../parts/draft-words.ts'
import { QrScanner } from '../../parts/qr-scanner.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { WrongWords } from '../../parts/wrong-words.tsx'
import { keyErrorWords } from './backup-failure.ts'
import styles from './backup.module.css'

interface KeyFieldProps {
  readonly value: string
  readonly onInput: (value: string) => void
  /** Undefined before it was looked at. */
  readonly check: BackupKeyCheck | undefined
  readonly onCheck: () => void
  /** The code will not do. */
  readonly wordsOnly?: boolean
}

/** The 24 words or the backup code, in one box: whichever it is tells itself. */
export function KeyField(props: KeyFieldProps) {
  const [isScanning, setIsScanning] = createSignal(false)
  const isRight = () => {
    const { check } = props
    if (check?.kind !== 'ok') return ''
    return check.what === 'words' ? t('backup.key.words') : t('backup.key.code')
  }
  const take = (text: string) => {
    props.onInput(text)
    props.onCheck()
  }
  return (
    <div class={styles.key}>
      <TextField
        label={props.wordsOnly ? t('recover.words') : t('backup.key')}
        hint={props.wordsOnly ? t('recover.wordsHint') : t('backup.key.hint')}
        value={props.value}
        onInput={props.onInput}
        onBlur={() => props.value.trim() !== '' && props.onCheck()}
        error={keyErrorWords(props.check)}
        spellcheck={false}
        multiline
      />
      <div class={styles.line}>
        <span role="status" class={styles.said}>
          {isRight()}
        </span>
        <Button tone="plain" icon={<ScanLine size="1.25rem" />} onClick={() => setIsScanning(true)}>
          {t('recover.scan')}
        </Button>
      </div>
      <WrongWords
        wrong={props.check?.kind === 'unknown' ? props.check.wrong : []}
        onReplace={(position, word) => take(withWord(props.value, position, word))}
      />
      <QrScanner
        open={isScanning()}
        onClose={() => setIsScanning(false)}
        onFound={text => {
          setIsScanning(false)
          take(text)
        }}
      />
    </div>
  )
}
