import '@automerge/automerge'
