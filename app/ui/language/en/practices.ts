/** Words of a practice. */
export const practices = {
  'keep.relation.practice': 'A practice: I treat patients with others',
  'keep.practice.name': 'What the practice is called',
  'keep.practice.what':
    'Patients meet the practice and share with it. Everybody on your staff whom you let in reads and answers in its name, and each one’s name stands at what they do. It has 24 words of its own.',
  'staff.for': '{staff}, {name}',
  'staff.title': 'Staff',
  'staff.lead':
    'Everybody here acts in the name of {name}. Whoever is removed reads nothing new: at once where the practice wrote first, and elsewhere once each patient has opened Wellkeep again.',
  'switch.practice': 'Practice',
  'patients.pending': {
    one: '{count} patient has not given new keys yet',
    other: '{count} patients have not given new keys yet',
  },
  'patients.pending.text':
    'A device or somebody of the staff was removed. Until these patients open Wellkeep the next time, what they write and share could still be read with the keys from before: {names}.',
} as const
