import { backupCodeOf, backupSecretOf } from '#crypto/backup-secret.ts'
import { wordsOf } from '#crypto/words.ts'
import type { Instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Random } from '../ports.ts'
import type { KitFailure, RecoveryKit } from '../session.ts'

type Bytes = Uint8Array<ArrayBuffer>

const ASKED = 3

/** The QR holds the words themselves: any reader shows them, and scanning is the same as typing. */
export function kitOf(rootSecret: Bytes, madeAt: Instant): RecoveryKit {
  const words = wordsOf(rootSecret)
  const backupCode = backupCodeOf(backupSecretOf(rootSecret))
  return { words, qrText: words.join(' '), backupCode, madeAt }
}

/** Three different positions from 1 to 24, ascending. */
export function askedPositions(random: Random): readonly number[] {
  const left = Array.from({ length: 24 }, (_, index) => index + 1)
  const asked = Array.from({ length: ASKED }, () => left.splice(below(left.length, random), 1)[0]!)
  return asked.toSorted((a, b) => a - b)
}

/** Every asked position must be answered rightly; those that are not are named. */
export function checkAnswers(
  words: readonly string[],
  asked: readonly number[],
  answers: readonly { readonly position: number; readonly word: string }[],
): Result<void, KitFailure> {
  const positions = asked.filter(position => {
    const typed = answers.find(answer => answer.position === position)?.word ?? ''
    return typed.normalize('NFKD').trim().toLowerCase() !== words[position - 1]
  })
  return positions.length === 0 ? ok(undefined) : fail({ kind: 'wrong-words', positions })
}

/** Even chances: bytes that would favour low numbers are thrown again. */
function below(limit: number, random: Random): number {
  const fair = 256 - (256 % limit)
  for (;;) {
    const byte = random.bytes(1)[0]!
    if (byte < fair) return byte % limit
  }
}
