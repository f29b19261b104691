/** In every backup, before the English words. */
export const README = `Esto es una copia de seguridad de un historial de salud de Wellkeep.

Para recuperar el historial, abre Wellkeep donde todavía no haya ninguno,
elige "Restaurar desde un archivo de copia de seguridad", elige el archivo
del que salió esto (termina en .age) y escribe las 24 palabras o el código
de copia de seguridad de la hoja del kit de recuperación. No hace falta
ningún servidor.

Para leerla sin Wellkeep, necesitas el programa "age" (u otro que conozca
el formato de age-encryption.org) y el código de copia de seguridad:

    age -d -o backup.tar wellkeep-backup-....age
    tar xf backup.tar

"age" pide la "passphrase": es el código de copia de seguridad, con sus
guiones. Si lees esto, ya lo has hecho.

Qué contiene:

record.fhir.json   Todo el historial como un Bundle de FHIR R4, un formato
                   que leen otras aplicaciones de salud y clínicas. Es
                   texto sin cifrar: quien lo tenga puede leerlo.
logs, blobs        El historial como lo guarda Wellkeep, sellado por partes.
account.bin        Las claves que abren esas partes. No se las muestres a
                   nadie.
kept               Los historiales que se llevan para otras personas, cada
                   uno en una carpeta con las mismas partes.
manifest.json      El tamaño y el SHA-256 de cada archivo. "sha256sum"
                   muestra los mismos números si nada ha cambiado.

Lo que otras personas comparten con esta persona es suyo y no está aquí.`
