import { backupCodeOf, backupSecretOf, secretOfBackupCode } from '#crypto/backup-secret.ts'
import { rootOfWords } from '#crypto/words.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { BackupKeyCheck } from '../backup-session.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What was typed to open a backup. */
export interface BackupKey {
  readonly secret: Bytes
  /** The passphrase of the file. */
  readonly code: string
  /** R, when the 24 words were typed. */
  readonly root?: Bytes
}

/** No group of a code has more letters, and no whole code. */
const LONGEST_GROUP = 4
const CODE_SIGNS = 64

/** The 24 words, or the code. What is neither is told what it looks most like. */
export function readBackupKey(text: string): Result<BackupKey, BackupKeyCheck> {
  if (!looksLikeWords(text)) {
    const secret = secretOfBackupCode(text)
    return secret.ok ? ok({ secret: secret.value, code: backupCodeOf(secret.value) }) : fail(asCheck(secret.failure))
  }
  const root = rootOfWords(text)
  if (!root.ok) return root
  const secret = backupSecretOf(root.value)
  return ok({ secret, code: backupCodeOf(secret), root: root.value })
}

function looksLikeWords(text: string): boolean {
  const groups = text.split(/[^\p{L}\p{N}]+/u).filter(group => group !== '')
  const isLong = groups.join('').length > CODE_SIGNS
  return isLong || groups.some(group => group.length > LONGEST_GROUP && /^\p{L}+$/u.test(group) && groups.length > 1)
}

function asCheck(failure: Extract<ReturnType<typeof secretOfBackupCode>, { ok: false }>['failure']): BackupKeyCheck {
  switch (failure.kind) {
    case 'length':
      return { kind: 'code-length', got: failure.got, wanted: failure.wanted }
    case 'letters':
      return { kind: 'code-letters', wrong: failure.wrong }
    case 'checksum':
      return { kind: 'code-checksum' }
  }
}
