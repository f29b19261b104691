/** Why somebody keeps a copy: the law makes them document, they treat by it, they pass it on, or what they write down. */
export type KeptReason = 'duty' | 'treatment' | 'referral' | 'other'
