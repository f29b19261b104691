/** Words of what somebody writes for another’s record. */
export const additions = {
  'request.title.addition': 'For the record: {title}',
  'addition.state.proposed': 'Waits to be accepted',
  'addition.state.accepted': 'In the record',
  'addition.step.accept': 'Accept',
  'addition.did.propose': 'Wrote it for the record',
  'addition.did.accept': 'Accepted it',
} as const
