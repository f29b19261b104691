import type { Explanations } from '../explained-tests.ts'

export const explanations: Explanations = {
  'white-cells':
    'Cuenta los glóbulos blancos de una muestra de sangre. Forma parte del hemograma, que sirve para revisar la salud general y para ayudar a encontrar infecciones, anemia, problemas de coagulación, cánceres de la sangre y trastornos del sistema inmunitario.',
  'red-cells':
    'Cuenta los glóbulos rojos de una muestra de sangre. Forma parte del hemograma, que sirve para revisar la salud general y para ayudar a encontrar anemia, infecciones, problemas de coagulación, cánceres de la sangre y trastornos del sistema inmunitario.',
  hemoglobin:
    'La hemoglobina es una proteína rica en hierro de los glóbulos rojos; transporta el oxígeno. La prueba mide cuánta hay en la sangre. Forma parte del hemograma y se mira por si hay anemia u otros trastornos de la sangre.',
  hematocrit:
    'Dice qué parte de la sangre ocupan los glóbulos rojos. Forma parte del hemograma, que sirve para revisar la salud general y para ayudar a encontrar anemia y otros problemas de la sangre.',
  platelets:
    'Las plaquetas son pequeñas células de la sangre que se forman en la médula ósea y que la sangre necesita para coagularse. La prueba las cuenta. Se mira cuando la sangre coagula demasiado poco o demasiado.',
  'red-cell-size':
    'El VCM es el tamaño medio de los glóbulos rojos. Forma parte del hemograma, que sirve para revisar la salud general y para ayudar a encontrar anemia y otros problemas de la sangre.',
  glucose:
    'Mide la glucosa en la sangre. La glucosa es un tipo de azúcar y la principal fuente de energía del cuerpo; una hormona, la insulina, ayuda a llevarla de la sangre a las células. La prueba se usa a menudo para ayudar a encontrar la diabetes y para seguirla.',
  hba1c:
    'Mide cuánta glucosa, un tipo de azúcar, está unida a la hemoglobina de la sangre, y de ahí deduce la glucosa media de los últimos meses. Se usa para ayudar a encontrar la diabetes y la prediabetes, y para ver cómo va la diabetes. No es la prueba que las personas con diabetes se hacen cada día.',
  creatinine:
    'La creatinina es un desecho normal que viene de los músculos; los riñones la sacan de la sangre. La prueba mide cuánta hay, para revisar la salud de los riñones y seguir problemas de riñón ya conocidos. También depende de los músculos, la comida, la edad y la actividad, por eso se usa a menudo en un cálculo, la TFGe.',
  egfr: 'Estima cuánta sangre filtran los riñones en un minuto, sobre todo a partir de la creatinina de la sangre y de otros datos de la persona, como la edad y el sexo. Se usa para ver cómo funcionan los riñones y buscar una enfermedad renal.',
  sodium:
    'El sodio es un mineral que ayuda a regular la cantidad de líquido del cuerpo y su equilibrio de ácidos y bases; los nervios y los músculos también lo necesitan. La prueba mide cuánto hay en la sangre. Es una prueba corriente de la salud general, y ayuda a encontrar y seguir lo que altera ese equilibrio.',
  potassium:
    'El potasio es un mineral que las células, los nervios, los músculos y el corazón necesitan para funcionar. La prueba mide cuánto hay en la sangre. Suele formar parte de los análisis corrientes, y se mira en la enfermedad renal, la presión alta y las enfermedades del corazón.',
  calcium:
    'La mayor parte del calcio del cuerpo está en los huesos y los dientes; los nervios, los músculos y el corazón necesitan la cantidad justa en la sangre. La prueba mide esa cantidad. Se usa para revisar la salud general, y en problemas de los huesos, los riñones, el aparato digestivo, la tiroides y las paratiroides.',
  alt: 'La ALT es una enzima que está sobre todo en el hígado; las células dañadas del hígado la sueltan en la sangre. La prueba mide cuánta hay. Se usa para revisar la salud del hígado, a menudo con otras pruebas, y para ayudar a encontrar o seguir problemas del hígado.',
  ast: 'La AST es una enzima del hígado que pasa a la sangre cuando el hígado está dañado. La prueba mide cuánta hay. Se usa para revisar la salud del hígado.',
  alp: 'La fosfatasa alcalina es una enzima que está en muchas partes del cuerpo, sobre todo en el hígado, los huesos, los riñones y el aparato digestivo. La prueba mide cuánta hay en la sangre. Se usa a menudo para ayudar a encontrar enfermedades del hígado o de los huesos; de dónde viene, esta prueba sola no lo dice.',
  bilirubin:
    'La bilirrubina es una sustancia amarillenta que se forma cuando el cuerpo descompone glóbulos rojos viejos; un hígado sano elimina la mayor parte. La prueba mide cuánta hay en la sangre. Se usa para revisar la salud del hígado, y en recién nacidos por la ictericia.',
  albumin:
    'La albúmina es una proteína que hace el hígado. Mantiene el líquido dentro de los vasos sanguíneos y transporta hormonas, vitaminas y enzimas. La prueba mide cuánta hay en la sangre, para revisar la salud general y la nutrición y ver cómo funcionan el hígado y los riñones.',
  cholesterol:
    'El colesterol es una sustancia cerosa, parecida a la grasa, que está en todas las células, y el cuerpo necesita algo de él. La prueba mide todo el colesterol de la sangre, incluidos el LDL y el HDL. Es una de las cosas que se miran por el riesgo de enfermedades del corazón.',
  ldl: 'El LDL es una de las dos clases principales de colesterol de la sangre; se le llama a menudo “malo” porque es la fuente principal de lo que puede acumularse en las arterias. La prueba mide cuánto hay. Se mira por el riesgo de enfermedades del corazón.',
  hdl: 'El HDL es una de las dos clases principales de colesterol de la sangre; se le llama a menudo “bueno” porque ayuda a quitar colesterol de las arterias. La prueba mide cuánto hay. Se mira por el riesgo de enfermedades del corazón.',
  triglycerides:
    'Los triglicéridos son un tipo de grasa de la sangre. La prueba mide cuántos hay, a menudo junto con el colesterol. Se mira por el riesgo de enfermedades del corazón.',
  tsh: 'TSH significa hormona estimulante de la tiroides. La prueba mide cuánta hay en la sangre. Se mira por si hay problemas de la tiroides.',
  crp: 'La proteína C reactiva, PCR, se mira para ver si hay inflamación en el cuerpo. La inflamación puede venir de una infección, de una lesión o de una enfermedad que dura mucho.',
  'vitamin-d':
    'La vitamina D ayuda al cuerpo a absorber calcio para los huesos y los dientes, y mantiene en marcha los músculos, los nervios y el sistema inmunitario. La mayoría de las pruebas miden una forma que el hígado hace de ella, porque es la que mejor dice si hay bastante.',
  urate:
    'El ácido úrico es un desecho normal que se forma cuando el cuerpo descompone purinas, que vienen de células que mueren y de los alimentos; los riñones lo eliminan. La prueba mide cuánto hay. Se usa para ayudar a encontrar la gota, y para seguir a personas durante algunos tratamientos del cáncer.',
  inr: 'El tiempo de protrombina es lo que tarda en coagularse una muestra de sangre; el INR se calcula a partir de él, para poder comparar resultados de distintos laboratorios. Se usa sobre todo para ver si funciona bien la warfarina, un medicamento contra los coágulos, y para saber por qué alguien sangra o forma coágulos de manera poco habitual.',
  psa: 'El PSA es una proteína que hace la próstata, y es normal que haya un poco en la sangre. La prueba mide cuánto hay. Se usa en el cribado del cáncer de próstata; no puede mostrar por qué está alto, y puede deberse a otras cosas que no son cáncer.',
  'urine-albumin':
    'La albúmina es una proteína de la sangre, de la que unos riñones sanos dejan pasar a la orina como mucho una pizca. La prueba compara la albúmina de una muestra de orina con su creatinina, un desecho normal. Se usa sobre todo para buscar señales tempranas de enfermedad renal.',
  bnp: 'El BNP y el NT-proBNP son proteínas de las que el corazón hace más cuando tiene que esforzarse más para bombear la sangre. La prueba mide una de ellas en la sangre. Se usa sobre todo para ayudar a confirmar o descartar una insuficiencia cardíaca en personas con síntomas.',
  troponin:
    'La troponina es una proteína del músculo del corazón que normalmente no está en la sangre; el músculo dañado la suelta. La prueba mide cuánta hay en la sangre. Se usa sobre todo para saber si alguien ha tenido un ataque al corazón, y a menudo se repite.',
}
