/** Words of SMART Health Cards: reading them, and what is known of them. */
export const cards = {
  'format.health-card': 'SMART Health Card',
  'scan.denied.picture': 'The camera may not be used. Allow it in the browser’s settings, or choose a picture.',
  'scan.none.picture': 'No camera was found. Choose a picture of the code.',
  'import.scan': 'Scan a code',
  'import.scanned': 'Scanned code',
  'import.codes.title': 'One more code is needed',
  'import.codes.text':
    'This card is in {total} codes. Read so far: {have}. Scan the others in any order, or choose pictures of them.',
  'import.failed.card.unreadable':
    'This health card cannot be read: it is damaged, or not a SMART Health Card. Ask for it once more where you got it.',
  'import.failed.card.too-large': 'This health card is far larger than any card. It was not read.',
  'import.failed.card.other': 'This is signed, but it is not a health card with records in it.',
  'import.failed.card.signature':
    'The signature of this health card is wrong: it was changed after it was signed, or somebody else made it. Nothing of it is brought in.',
  'import.failed.issuer-file.no-keys': 'This is a file of keys, but none of them can check a health card.',
  'import.failed.issuer-file.no-directory':
    'This is a directory of issuers of health cards, but it does not say whose it is and of which day, or none of its keys can check a card. Get it anew from whoever makes it.',
  'import.failed.issuer-file.large-directory': 'This directory of issuers is far larger than any. It was not read.',
  'unusable.card-unreadable': { one: 'One health card cannot be read', other: '{count} health cards cannot be read' },
  'unusable.card-too-large': {
    one: 'One health card is far larger than any card',
    other: '{count} health cards are far larger than any card',
  },
  'unusable.card-other': {
    one: 'One is signed, but holds no health records',
    other: '{count} are signed, but hold no health records',
  },
  'unusable.card-signature': {
    one: 'One health card has a wrong signature: it was changed, or somebody else made it',
    other: '{count} health cards have a wrong signature: they were changed, or somebody else made them',
  },

  'card.title': 'Is this health card genuine?',
  'card.checkedAt': 'Checked when it was brought in, on {date}',
  'card.signature.trusted':
    'Yes: it was signed by {issuer}, whose keys you keep, and nothing was changed since. That says who wrote it, not that all of it is right.',
  'card.signature.listed':
    'Yes, if you can rely on the directory you keep: it was signed by {issuer}, and nothing was changed since. That says who wrote it, not that all of it is right.',
  'card.signature.other-issuer':
    'Not certain: the signature is good, but by a key that is not known to be of {issuer}, whom the card names. Do not rely on who wrote it.',
  'card.signature.no-key':
    'That cannot be checked here, because you keep no keys of {issuer}, whom the card names. It may be genuine all the same. Nobody was asked.',
  'card.signature.unsigned':
    'No: nobody signed it. It is the content of a card alone, which names {issuer}. Anybody could have written it.',
  'card.time.valid': 'Issued on {date}.',
  'card.time.until': 'Issued on {date}, valid until {until}.',
  'card.time.expired': 'It is no longer valid: it ended on {date}.',
  'card.time.not-yet': 'It is not valid yet: it begins on {date}.',
  'card.time.unclear': 'It does not say clearly when it was issued or when it ends.',
  'card.revocation.revoked': 'Its issuer has taken it back. Do not rely on it.',
  'card.revocation.not-listed': 'It is not on the list of cards taken back that you keep.',
  'card.revocation.not-checked': 'Whether its issuer has taken it back was not checked.',
  'card.directory': 'Judged by the directory {source}, as it was on {date}.',

  'issuer.add': 'Add the issuer’s key file',
  'issuer.add.text':
    'With the issuer’s keys it can be checked. Ask the issuer for its key file; most publish it at {address}. Take it from the issuer alone: whose keys you add here, you trust.',
  'issuer.file.title': 'These are keys, not records',
  'issuer.file.text':
    'This file can check the health cards of one issuer. Whose keys are they? Type the web address that its cards name. Add it only if you got it from the issuer itself.',
  'issuer.address': 'Web address of the issuer',
  'issuer.keep': 'Keep these keys',
  'issuer.list.title': 'This is a list of cards that were taken back',
  'issuer.list.text': 'Cards that you bring in later are compared with it. It replaces an older list for the same key.',
  'issuer.list.keep': 'Keep this list',
  'issuer.kept': 'Kept. Cards of {issuer} can be checked from now on.',
  'issuer.failed.no-keys': 'None of the keys in this file can check a health card.',
  'issuer.failed.bad-address': 'Cards name their issuer by an address that begins with https://.',
  'issuer.failed.unknown-key': 'This list belongs to a key that you do not keep. Add the issuer’s key file first.',
  'issuer.failed.directory':
    'This is a directory of many issuers, not the keys of one. Cancel, and choose it as a file to bring in: what is in it is shown there before you keep it.',
  'issuer.title': 'Issuers of health cards you trust',
  'issuer.none': 'None so far. Wellkeep comes with no list of issuers: you decide whose keys count.',
  'issuer.count': { one: 'One key', other: '{count} keys' },
  'issuer.revoked': { one: 'One card taken back', other: '{count} cards taken back' },
  'issuer.forget': 'Do not trust it any more',

  'directory.title': 'This is a directory of issuers, not records',
  'directory.text':
    'With it the health cards of all these issuers can be checked. Whoever made it decides for you who counts as an issuer. Keep it only if you trust them, and got it from them yourself.',
  'directory.issuers': { one: 'One issuer', other: '{count} issuers' },
  'directory.asOf': 'As of {date}',
  'directory.replaces': 'It takes the place of the one of {date} that you keep.',
  'directory.older': 'You keep a newer one, of {date}. This older one would take its place.',
  'directory.keep': 'Trust this directory',
  'directory.kept': {
    one: 'Kept. Cards of one issuer can be checked from now on.',
    other: 'Kept. Cards of {count} issuers can be checked from now on.',
  },
  'directory.forget': 'Do not trust this directory any more',
} as const
