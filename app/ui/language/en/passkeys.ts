/** Words of the page where a passkey opens the record. */
export const passkeysAtDoor = {
  'passkey.unlock': 'Unlock with your passkey',
  'passkey.notUsed': 'The passkey was not used. Try again, or type your passphrase.',
  'passkey.notHere': 'The passkey could not be used in this browser. Type your passphrase.',
  'passkey.wrong':
    'This passkey does not open this record. Type your passphrase, then add the passkey again in the settings.',
} as const

/** Words of the settings about passkeys. */
export const passkeys = {
  'passkey.title': 'Unlock with a passkey',
  'passkey.text':
    'Your face, your finger, a PIN or a security key can open your record on this device, beside your passphrase. The passphrase goes on working. You still type it before you share, save a copy or let another device in.',
  'passkey.warning':
    'Whoever can use your passkey opens your record here: whoever knows the PIN of this device, or has your security key and its PIN. If an account such as Apple’s or Google’s keeps your passkeys, that is also whoever gets into that account and has this device.',
  'passkey.impossible':
    'This browser has no passkeys that could open a record: it lacks the part called “PRF”. Your passphrase opens it as always.',
  'passkey.add': 'Add a passkey',
  'passkey.name': 'Name in your list here',
  'passkey.name.hint': 'For example “My phone” or “Blue security key”.',
  'passkey.unnamed': 'Passkey',
  'passkey.account': 'My record',
  'passkey.added': 'Added on {date}',
  'passkey.done': 'From now on this passkey opens your record on this device.',
  'passkey.removeOf': 'Remove the passkey {name}',
  'passkey.remove.title': 'Remove the passkey {name}?',
  'passkey.remove.text':
    'It does not open your record on this device any more; your passphrase does. It may still stand in the list of whatever keeps your passkeys. You can delete it there.',
  'passkey.removed': 'The passkey {name} opens nothing here any more.',
  'passkey.failed.cancelled':
    'No passkey was added: it was cancelled, took too long, or nothing here can keep one. Nothing has changed.',
  'passkey.failed.no-prf':
    'What you chose cannot open a record: it lacks the part called “PRF”. Nothing has changed. Try another one, such as a newer security key.',
  'passkey.failed.already': 'What you chose has a passkey for this record already.',
  'passkey.failed.not-at-this-address':
    'Passkeys work only at a secure address (https) that has a name. Nothing has changed.',
  'passkey.failed.invalid':
    'This passkey cannot be added: what it answered cannot be used, or there are 16 already. Nothing has changed.',
} as const
