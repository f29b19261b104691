/** The yearly practice with the recovery kit. */
export const practice = {
  'practice.title': 'Practise with your recovery kit',
  'practice.lead':
    'Fetch the paper with your 24 words and type them, or scan its code. They are only compared: nothing changes, and nothing of them is kept.',
  'practice.act': 'See if they are right',
  'practice.done.title': 'These are the words of your record',
  'practice.done.text': 'Put the paper back where it was. You are asked again in a year.',
  'practice.other': 'These are the words of another record. Look for the paper of this one.',
  'practice.lost.title': 'You cannot find the paper?',
  'practice.lost.text':
    'Your record is safe as long as this device opens it. Make a backup file and write down its code, or bring your data into a new record, which gets a new kit.',
  'practice.lost.act': 'To the backup file',
  'practice.sample': 'A sample record has no recovery kit.',
  'practice.sample.text':
    'In a record of your own you fetch the paper with your 24 words once a year and type them here, or scan its code. They are only compared, so that you know that the paper still opens your record.',
  'practice.remind.title': 'Is your recovery kit still where you put it?',
  'practice.remind.text':
    'A year has passed since you last typed your 24 words. Only the paper brings your record back if this device is lost.',
  'practice.remind.act': 'Look and try it',
  'practice.link': 'Practise with the recovery kit',
} as const
