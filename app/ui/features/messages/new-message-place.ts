/** Where a new message is kept until it is sent, written to nobody and about nothing that its page was opened with. */
export const NEW_MESSAGE = 'message/new'
