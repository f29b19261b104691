/** In every backup: what it is, and how to read it without the app. Plain text, lines of at most 76 letters. */
export const README = `This is a backup of a health record kept with Wellkeep.

To bring the record back, open Wellkeep where there is no record yet,
choose "Restore from a backup file", choose the file that this came out of
(it ends in .age), and type the 24 words or the backup code from the sheet
of the recovery kit. No server is needed.

To read it without Wellkeep, you need the program "age" (or any other that
knows the format of age-encryption.org) and the backup code:

    age -d -o backup.tar wellkeep-backup-....age
    tar xf backup.tar

"age" asks for the passphrase: that is the backup code, with its hyphens.
If you read this, you have done that already.

What is in it:

record.fhir.json   Everything in the record as one FHIR R4 Bundle, a format
                   that other health apps and clinics read. It is plain
                   text: whoever has it can read it.
logs, blobs        The record as Wellkeep keeps it, sealed piece by piece.
account.bin        The keys that open these pieces. Show them to nobody.
kept               Records kept for other people, each in a folder with the
                   same parts.
manifest.json      The size and the SHA-256 of every file. "sha256sum"
                   prints the same numbers if nothing was changed.

What other people share with this person is theirs and is not in it.`
