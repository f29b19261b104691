import type { clinics as en } from '../en/clinics.ts'
import type { Message } from '../message.ts'

export const clinics = {
  'clinic.title': 'Clínicas',
  'clinic.lead': 'Trae lo que una clínica tiene de ti, directamente de su servidor, cuando tú lo pidas.',
  'clinic.open': 'Conectar con una clínica',
  'clinic.card':
    'Algunas clínicas permiten que las aplicaciones obtengan tu historial por internet. Inicias sesión en la clínica.',
  'clinic.none': 'No hay ninguna clínica conectada en este dispositivo.',
  'clinic.local':
    'Las conexiones se quedan en este dispositivo, selladas. No van a ningún otro dispositivo, ni entran en lo que compartes ni en las copias de seguridad.',
  'clinic.host': 'Servidor: {host}',
  'clinic.since': 'Conectada el {date}',
  'clinic.last': 'Última vez que se obtuvo algo: {time}',
  'clinic.last.never': 'Todavía no se ha obtenido nada.',
  'clinic.scope': 'Lo que permite la clínica',
  'clinic.asks': 'Se pregunta a {hosts}; así se conocen allí tu dirección de red y la hora.',
  'clinic.fetch': 'Obtener de {host}',
  'clinic.fetchNew': 'Obtener lo nuevo de {host}',
  'clinic.fetchAll': 'Obtener todo otra vez',
  'clinic.fetching': 'Obteniendo de {host}…',
  'clinic.fetched': {
    one: 'Obteniendo de {host}: una entrada hasta ahora',
    other: 'Obteniendo de {host}: {count} entradas hasta ahora',
  },
  'clinic.signedOut': 'La clínica quiere que vuelvas a iniciar sesión. Tu historial no ha cambiado.',
  'clinic.signInAgain': 'Iniciar sesión otra vez',
  'clinic.disconnect': 'Desconectar',
  'clinic.disconnect.title': '¿Desconectar {name}?',
  'clinic.disconnect.text':
    'Lo que abre el servidor de la clínica se elimina de este dispositivo. Lo que trajiste se queda.',
  'clinic.disconnect.asks': 'Después se pide a {host} que también le ponga fin allí.',
  'clinic.disconnected.by-clinic': 'Desconectada. La clínica también le puso fin.',
  'clinic.disconnected.not-offered':
    'Desconectada. Esta clínica no ofrece una manera de ponerle fin allí; lo que dio caduca por sí solo.',
  'clinic.disconnected.not-told':
    'Desconectada en este dispositivo. No se pudo avisar a la clínica; puedes ponerle fin en su portal para pacientes.',
  'clinic.add': 'Conectar una clínica',
  'clinic.address': 'Dirección del servidor FHIR de la clínica',
  'clinic.address.hint':
    'Empieza por https:// y a menudo termina en /r4 o /fhir. La tienen la clínica o las páginas de ayuda de su portal.',
  'clinic.name': 'Cómo llamarla',
  'clinic.clientId': 'ID de cliente',
  'clinic.clientId.hint': 'El nombre con el que la clínica, o quien hace su programa, identifica a esta aplicación.',
  'clinic.redirect': 'Dirección de retorno',
  'clinic.redirect.hint': 'Hay que dársela a la clínica, letra por letra.',
  'clinic.help': 'Lo que hay que acordar antes',
  'clinic.help.text':
    'La mayoría de las clínicas solo dejan entrar a una aplicación cuando está registrada en ellas. Lo hace quien administra este Wellkeep, o se lo pides tú a la clínica. Pide esto: una aplicación independiente para pacientes, un cliente público con PKCE, esta dirección de retorno, leer los datos del propio paciente y mantener la sesión iniciada. Te dan un ID de cliente.',
  'clinic.help.not':
    'Una clínica que no ofrece esto, o que solo deja entrar a su propia aplicación, no se puede conectar. Pídele un archivo.',
  'clinic.ask': 'Preguntar a {host}',
  'clinic.ask.empty': 'Preguntar al servidor',
  'clinic.offer': '{host} permite conectar aplicaciones.',
  'clinic.offer.login':
    'Inicias sesión en {host}, en una ventana aparte. Wellkeep nunca ve la contraseña que usas allí.',
  'clinic.offer.reads':
    'Se le pide que deje a Wellkeep leer tu historial. Allí no se escribe nada, y no se envía nada de tu historial.',
  'clinic.offer.stays': 'Se le pide que mantenga tu sesión iniciada, para que más adelante puedas obtener lo nuevo.',
  'clinic.offer.once': 'No permite mantener la sesión iniciada: tienes que iniciarla cada vez.',
  'clinic.begin': 'Ir a iniciar sesión',
  'clinic.begin.why':
    'Desde ese momento, quien tenga este dispositivo desbloqueado puede traer lo que tiene la clínica. Por eso se te pide tu frase de contraseña.',
  'clinic.missing': 'Completa este campo.',
  'clinic.waiting': 'Inicia sesión en {name}',
  'clinic.waiting.text': 'Se abre una ventana de {host}. Cuando termines, te trae de vuelta aquí por sí sola.',
  'clinic.signIn': 'Iniciar sesión en {host}',
  'clinic.paste': 'Respuesta de la clínica',
  'clinic.paste.hint': 'Solo si la ventana dice que la copies.',
  'clinic.paste.take': 'Usar la respuesta',
  'clinic.paste.bad': 'Esto no es lo que mostró la ventana. Cópialo otra vez, de principio a fin.',
  'clinic.finishing': 'Terminando la conexión…',
  'clinic.connected': '{name} ya tiene conexión',
  'clinic.connected.text': 'Todavía no se ha obtenido nada.',
  'clinic.failed': 'No funcionó',
  'clinic.failed.unchanged': 'Tu historial no ha cambiado.',
  'clinic.why.address': 'Esto no es la dirección de un servidor. Tiene una forma como https://fhir.clinic.example/r4.',
  'clinic.why.insecure':
    'La dirección, o una de las que indica la clínica, no cifra los datos en el camino. No se usa.',
  'clinic.why.no-smart':
    'En esta dirección nada dice cómo se conectan las aplicaciones. Compruébala con la clínica: es la de “SMART on FHIR”.',
  'clinic.why.no-pkce':
    'Este servidor no ofrece la protección (PKCE) sin la cual alguien en el camino podría usar tu inicio de sesión. No se usa.',
  'clinic.why.denied': 'A la clínica se le dijo que no, o ella misma dijo que no. No se conectó nada.',
  'clinic.why.client':
    'La clínica no conoce este ID de cliente, o no con esta dirección de retorno. Comprueba los dos con la clínica.',
  'clinic.why.not-asked':
    'Esta respuesta no corresponde a nada que se haya empezado aquí. No se usa. Empieza de nuevo desde aquí.',
  'clinic.why.over': 'Pasó demasiado tiempo desde que empezaste, o la respuesta ya se usó. Inicia sesión una vez más.',
  'clinic.why.other-issuer': 'La respuesta no viene de la clínica que elegiste, sino de otra parte. No se usa.',
  'clinic.why.no-patient': 'La clínica no dice de quién es el historial. No se conectó nada.',
  'clinic.why.signed-out': 'La clínica quiere que vuelvas a iniciar sesión.',
  'clinic.why.busy': 'La clínica pide esperar. Inténtalo de nuevo dentro de unos minutos.',
  'clinic.why.refused':
    'La clínica lo rechazó, sin decir por qué. Inténtalo de nuevo más tarde, o pregunta a la clínica.',
  'clinic.why.nonsense':
    'Lo que llegó de allí no es lo que envía el servidor de una clínica. Quizá tenga una avería; inténtalo de nuevo más tarde.',
  'clinic.why.empty': 'De allí no llegó nada.',
  'clinic.why.not-here': 'Este historial no se puede conectar: un historial de ejemplo no guarda secretos de nadie.',
  'clinic.why.not-looked': 'Pregunta al servidor una vez más.',
  'clinic.why.unknown': 'Esta clínica ya no está conectada.',
  'clinic.why.invalid': 'Un ID de cliente no tiene espacios, solo letras, cifras y signos.',
  'clinic.why.cancelled': 'Lo cancelaste.',
  'clinic.why.unreachable':
    'No se puede llegar al servidor de la clínica, o no deja preguntar a las aplicaciones de un navegador. Comprueba la conexión y la dirección.',
  'clinic.why.redirected':
    'El servidor envía a otra dirección, que no se puede ver de antemano. Por tu seguridad, no se sigue.',
  'clinic.why.too-large': 'Lo que envió el servidor es más grande de lo que Wellkeep admite de una vez.',
  'clinic.why.too-slow': 'El servidor tardó demasiado en responder. Inténtalo de nuevo más tarde.',
  'clinic.back': 'De vuelta de la clínica',
  'clinic.back.handing': 'Entregando la respuesta a Wellkeep…',
  'clinic.back.taken': 'Wellkeep tiene la respuesta. Puedes cerrar esta ventana.',
  'clinic.back.alone': 'Wellkeep no está esperando en este navegador, o está bloqueado.',
  'clinic.back.alone.text':
    'Desbloquéalo donde empezaste, y la respuesta se recogerá de aquí. O continúa en esta ventana.',
  'clinic.back.open': 'Continuar en esta ventana',
  'clinic.back.copy':
    'O, si empezaste en otro navegador o en la pantalla de inicio: copia esto y pégalo allí. Vale una sola vez y durante una hora.',
  'clinic.back.answer': 'Respuesta de la clínica',
  'clinic.back.nothing': 'Aquí no hay ninguna respuesta de una clínica. Puedes cerrar esta ventana.',
  'unusable.clinic-refused': {
    one: 'Un tipo de entrada que la clínica no entrega',
    other: '{count} tipos de entradas que la clínica no entrega',
  },
  'unusable.clinic-busy': {
    one: 'Un tipo de entrada no llegó: el servidor estaba ocupado. Vuelve a obtenerlo más tarde',
    other: '{count} tipos de entradas no llegaron: el servidor estaba ocupado. Vuelve a obtenerlos más tarde',
  },
  'unusable.clinic-unreachable': {
    one: 'Un tipo de entrada no llegó: no se pudo llegar al servidor. Vuelve a obtenerlo más tarde',
    other: '{count} tipos de entradas no llegaron: no se pudo llegar al servidor. Vuelve a obtenerlos más tarde',
  },
  'unusable.clinic-nonsense': {
    one: 'Un tipo de entrada llegó dañado, o como otra cosa',
    other: '{count} tipos de entradas llegaron dañados, o como otra cosa',
  },
  'unusable.clinic-elsewhere': {
    one: 'Un tipo de entrada continúa en otro servidor, al que no se pregunta',
    other: '{count} tipos de entradas continúan en otro servidor, al que no se pregunta',
  },
  'unusable.clinic-too-much': {
    one: 'Un tipo de entrada es más de lo que se admite de una vez',
    other: '{count} tipos de entradas son más de lo que se admite de una vez',
  },
  'unusable.clinic-file': {
    one: 'El archivo de un documento no se obtuvo: está en una dirección aparte. Una vez traído el documento, se obtiene en su página',
    other:
      'Los archivos de {count} documentos no se obtuvieron: están en direcciones aparte. Una vez traídos los documentos, se obtienen en la página de cada uno',
  },
  'unusable.clinic-message': {
    one: 'Un mensaje del servidor no es una entrada',
    other: '{count} mensajes del servidor no son entradas',
  },
} satisfies Record<keyof typeof en, Message>
