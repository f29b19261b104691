/** Words of several people writing in one record: who wrote what. */
export const together = {
  'author.added': 'Added by {name}',
  'author.addedByYou': 'Added by you',
  'author.addedBySomebody': 'Added by somebody with access',
  'author.at': '{when}, by {name}',
  'author.atByYou': '{when}, by you',
  'author.atByYouOn': '{when}, by you on “{device}”',
  'author.atBySomebody': '{when}, by somebody with access',
} as const
