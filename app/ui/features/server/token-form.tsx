import { createSignal } from 'solid-js'
import type { GiveTokenFailure } from '#app/core/relay-session.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useOwnSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

const FAILURES = {
  invalid: 'code.invalid',
  'not-taken': 'server.code.notTaken',
  locked: 'server.code.locked',
} as const satisfies Record<Exclude<GiveTokenFailure['kind'], 'not-stored'>, PlainKey>

/** Takes the code that the server's host gave. */
export function TokenForm() {
  const session = useOwnSession()
  const [code, setCode] = createSignal('')
  const [failure, setFailure] = createSignal<GiveTokenFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const give = async () => {
    if (isWorking()) return
    setIsWorking(true)
    setFailure()
    const given = await session.giveRelayToken(code())
    setIsWorking(false)
    if (!given.ok) {
      setFailure(given.failure)
      return
    }
    setCode('')
    showToast({ message: t('server.code.taken') })
  }
  const error = () => {
    const known = failure()
    if (known === undefined) return undefined
    return t(known.kind === 'not-stored' ? STORE_MESSAGES[known.why] : FAILURES[known.kind])
  }
  return (
    <Form
      onSubmit={give}
      actions={
        <Button type="submit" tone="primary" busy={isWorking()}>
          {t('server.code.use')}
        </Button>
      }
    >
      <TextField
        label={t('code.label')}
        hint={t('server.code.hint')}
        value={code()}
        onInput={value => {
          setCode(value)
          setFailure()
        }}
        error={error()}
        maxLength={400}
        spellcheck={false}
      />
    </Form>
  )
}
