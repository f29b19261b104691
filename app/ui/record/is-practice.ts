import type { VaultState } from '#app/core/session.ts'

/** Whether what is open is a practice's account, in which nobody's health stands. */
export const isPracticeIn = (vault: VaultState): boolean => vault.kind === 'open' && vault.isPractice === true
