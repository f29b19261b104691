import type { practices as en } from '../en/practices.ts'
import type { Message } from '../message.ts'

export const practices = {
  'kept.kit.practice':
    'Guárdalas donde el consultorio guarda lo más importante: lo abren si se pierden todos los dispositivos.',
  'kept.kit.practice.title': 'Escribe en papel las palabras del consultorio',
  'kit.practice.lead':
    'Estas 24 palabras abren {name} en cualquier dispositivo, también si se pierden todos los suyos. Quien las tenga puede leer lo que comparten sus pacientes y quitar a todas las personas de su equipo.',
  'kit.practice.printHint':
    'Imprímela o copia las palabras en papel, en orden. Guarda el papel donde el consultorio guarda lo más importante, por ejemplo en una caja fuerte. No le hagas una foto.',
  'kit.practice.elsewhere':
    'Confírmalo en el dispositivo en el que se abrió el consultorio: solo ese puede mostrar las 24 palabras.',
  'kit.practice.gone':
    'Este dispositivo ya no sabe las 24 palabras; solo están en el papel del consultorio. Si se perdió el papel, abre un consultorio nuevo: tiene palabras nuevas, su equipo entra y sus pacientes comparten con él de nuevo.',
  'offer.practice.title': '{who} quiere que trabajes en el consultorio {name}',
  'offer.practice.text':
    'Verías todo lo que los pacientes comparten con él, responderías en su nombre y podrías dejar entrar a otras personas.',
  'news.offer.practice': 'Se te pide trabajar en el consultorio {name}',
  'staff.asked': 'Se le pidió unirse al equipo; todavía no ha aceptado',
  'staff.declined': '{name} no quiso trabajar en este consultorio',
  'staff.withdrawn':
    '{who} retiró la oferta de trabajar en el consultorio {name}. Nunca llegó a este dispositivo, y aquí no hay nada de él.',
  'kept.practice.open': 'Abrir el consultorio {name}',
  'keep.practice': 'Abrir un consultorio',
  'keep.practice.lead': 'Varias personas atienden juntas a pacientes. Queda aparte de tu propio historial.',
  'keep.relation.practice': 'Un consultorio: atiendo a pacientes con otras personas',
  'keep.practice.name': 'Nombre del consultorio',
  'keep.practice.what':
    'Los pacientes conocen al consultorio y comparten con él. Cada persona del equipo que dejes entrar lee y responde en su nombre, y su nombre figura en lo que hace. Tiene 24 palabras propias.',
  'staff.for': '{staff}, {name}',
  'staff.ours': '{staff}, por la consulta',
  'staff.title': 'Equipo',
  'staff.lead':
    'Todas estas personas actúan en nombre de {name}. A quien se quite no leerá nada nuevo: enseguida donde escribió primero el consultorio y, en lo demás, cuando cada paciente vuelva a abrir Wellkeep.',
  'staff.acting': 'Actúas en nombre de {name}',
  'staff.list': 'Quién actúa por el consultorio',
  'staff.both':
    'Cada persona del equipo puede quitar a las demás. Si dos lo hacen a la vez, se queda quien estaba antes. Las 24 palabras del consultorio siempre ganan: quien las tenga puede quitar a todos.',
  'staff.add': 'Añadir a alguien al equipo',
  'staff.add.text':
    'Verá todo lo que los pacientes comparten con {name} y le escriben, responderá en su nombre, y podrá dejar entrar a otras personas y quitarte a ti.',
  'staff.add.patient':
    '{name} comparte un historial contigo, como hace un paciente. En el equipo vería lo que comparten todos los demás pacientes.',
  'staff.patient': '{name} (paciente)',
  'staff.remove.text':
    'Lo que empezó el consultorio recibe cerraduras nuevas enseguida, y el Wellkeep de {name} elimina lo que tiene. Lo que empezó o comparte un paciente las recibe cuando ese paciente vuelva a abrir Wellkeep: la página de pacientes dice quién falta. Lo que {name} haya anotado o copiado se queda en su poder.',
  'staff.leave': 'Dejar este consultorio',
  'staff.leave.text': '{name} se elimina de tus dispositivos. El resto del equipo lo conserva.',
  'switch.elsewhere': {
    one: '{count} novedad en otros historiales',
    many: '{count} novedades en otros historiales',
    other: '{count} novedades en otros historiales',
  },
  'practice.people': 'Personas',
  'practice.people.lead':
    'Pacientes y colegas que conocen este consultorio. Cada paciente elige qué puede ver el consultorio y hasta cuándo.',
  'practice.people.invite': 'Invitar a un paciente',
  'practice.people.none':
    'Invita a tu primer paciente. Conocerse no comparte nada: cada paciente elige después qué puede ver este consultorio.',
  'practice.invite.next': 'Luego el paciente elige qué puede ver este consultorio. Hasta entonces no ves nada.',
  'practice.first.text':
    'Empieza por dos cosas: invita a un paciente, que después elige qué puede ver este consultorio, y deja entrar a quienes atienden contigo.',
  'practice.first.staff': 'Dejar entrar al equipo',
  'switch.practice': 'Consultorio',
  'patients.pending': {
    one: '{count} paciente aún no ha dado claves nuevas',
    other: '{count} pacientes aún no han dado claves nuevas',
  },
  'patients.pending.text':
    'Se quitó un dispositivo o a alguien del equipo. Hasta que estos pacientes vuelvan a abrir Wellkeep, lo que escriben y comparten aún podría leerse con las claves de antes: {names}.',
} as const satisfies Record<keyof typeof en, Message>
