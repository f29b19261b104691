/** Words of SMART Health Links: from whom they fetch, and what comes of it. */
export const links = {
  'link.paste.title': 'Or paste a link',
  'link.paste': 'Link or text of a code',
  'link.paste.hint': 'A SMART Health Link holds “shlink:/”. Nobody is asked before you say so.',
  'link.paste.look': 'Look at it',
  'link.paste.missing': 'Paste the link first.',
  'link.title': 'A link to health records',
  'link.text':
    'What is behind this link lies with {host}. If you fetch it, {host} learns your network address, the time, and the name below. The key that opens it stays on this device.',
  'link.longTerm': 'What is behind it can change over time. You get what is there today.',
  'link.keeps':
    'The link can be looked at again later. Once this is in, the link and its key are kept in your record, sealed, under “Files you brought in”, where you can have them forgotten.',
  'link.again': 'Look again at {host}',
  'link.over': 'The link to {host} is over.',
  'link.forget': 'Forget the link',
  'link.forget.title': 'Forget this link?',
  'link.forget.text':
    'The link to {host} and its key are deleted here and on your other devices. What came in stays. To look again you need the link anew.',
  'link.forgotten': 'The link was forgotten',
  'link.until': 'It can be used until {date}.',
  'link.recipient': 'Your name for whoever shared it',
  'link.recipient.hint': 'They may see it in their list of who looked. It need not be your real name.',
  'link.recipient.default': 'Wellkeep user',
  'link.passcode': 'Passcode',
  'link.passcode.hint': 'Whoever shared the link has it. Only a few tries are allowed.',
  'link.passcode.missing': 'This link asks for a passcode.',
  'link.fetch': 'Fetch it from {host}',
  'link.others.title': 'Fetch from others too?',
  'link.others.text':
    'The files themselves lie with {hosts}, which the link does not name. They would learn your network address and the time.',
  'link.others.fetch': 'Fetch them',
  'import.failed.health-link': 'It is a link to records, not records. Choose it under “Bring in” in the app.',
  'link.failed.unreadable':
    'This is not a SMART Health Link, or it is damaged. Copy it once more, from beginning to end.',
  'link.failed.newer':
    'This link is of a newer kind than Wellkeep knows. Update Wellkeep, or ask for the records as a file.',
  'link.failed.insecure': 'This link leads to an address without encryption on the way. It is not followed.',
  'link.failed.expired': 'This link is over. Ask whoever shared it for a new one.',
  'link.failed.gone':
    'There is nothing behind this link any more: it was used up, taken back, or is over. Ask for a new one.',
  'link.failed.passcode': 'The passcode is wrong.',
  'link.failed.passcode.left': {
    one: 'The passcode is wrong. One more try is left.',
    other: 'The passcode is wrong. {count} tries are left.',
  },
  'link.failed.passcode.none': 'The passcode was wrong too often: the link is closed. Ask for a new one.',
  'link.failed.busy': 'The other side asks to wait. Try again in a few minutes.',
  'link.failed.refused': 'The other side refused, without saying why. Try again later, or ask for a new link.',
  'link.failed.nonsense': 'What came from there is not what a health link leads to. Nothing was brought in.',
  'link.failed.sealed': 'What came from there does not open with the key of this link. Nothing was brought in.',
  'link.failed.empty': 'There are no files behind this link.',
  'link.failed.unreachable':
    'The other side cannot be reached, or does not let apps like this one ask. Check the connection and try again, or ask for the records as a file.',
  'link.failed.redirected':
    'The other side sends on to another address, which cannot be seen beforehand. It is not followed. Ask for the records as a file.',
  'link.failed.too-large': 'What is behind this link is larger than Wellkeep takes in one piece. Ask for it as files.',
  'link.failed.too-slow': 'The other side took too long to answer. Try again later.',
  'unusable.link-access': {
    one: 'One gives access to a clinic’s server, which is not used',
    other: '{count} give access to a clinic’s server, which is not used',
  },
  'unusable.link-withdrawn': {
    one: 'One was withdrawn by whoever shared it',
    other: '{count} were withdrawn by whoever shared them',
  },
  'unusable.link-unreachable': { one: 'One could not be fetched', other: '{count} could not be fetched' },
  'unusable.link-sealed': {
    one: 'One does not open with the key of the link',
    other: '{count} do not open with the key of the link',
  },
} as const
