# Español de Estados Unidos, de usted. «Partner» es «socio»; «ZIP», «código postal».

## El idioma

language-name = Español
number-group = { "," }
number-decimal = { "." }
date = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
} de { $year }
# «y» pasa a «e» ante el sonido «i».
list-last = { $head } { $start ->
    [hi] e
   *[other] { $letter ->
        [i] e
       *[other] y
    }
} { $last }
list-more = { $head } y { $more } más
quoted = “{ $text }”

## Cantidades

partners = { $count ->
    [one] { $number } socio
   *[other] { $number } socios
}
regions = { $count ->
    [one] { $number } región
   *[other] { $number } regiones
}
states = { $count ->
    [one] { $number } estado o territorio
   *[other] { $number } estados y territorios
}
share-none = ninguna
share-all = toda
share-tiny = menos del 1%
share-nearly-all = más del 99%
share-about = cerca del { $percent }%
share-unknown = sin datos
people-none = ninguna parte de la población
people-all = toda la población
people-tiny = menos del 1% de la población
people-nearly-all = más del 99% de la población
people-about = cerca del { $percent }% de la población
# $feet y $miles son la misma distancia en las medidas de los Estados Unidos.
distance-small = menos de { $feet } pies ({ $number } m)
distance-feet = { $feet } pies ({ $number } m)
distance-metres = { $miles } millas ({ $number } m)
distance-kilometres = { $miles } millas ({ $number } km)
direction-north = al norte
direction-north-east = al noreste
direction-east = al este
direction-south-east = al sureste
direction-south = al sur
direction-south-west = al suroeste
direction-west = al oeste
direction-north-west = al noroeste
away = a { $distance } { $direction }

## Lo que se preguntó

subject-position = La posición { $position }
subject-position-in = { $area } (en { $position })
subject-zip = El código postal { $zip } ({ $place })
understood-position-in = { $position }, en { $area }
understood-zip = código postal { $zip }, { $place }
understood-zip-military = código postal { $zip }, { $place }, correo militar
understood-retired = { $name } (condado { $geoid }, ya no existe)
understood-place = { $place }, en { $county }
understood-region = { $name }, una región del programa
understood-partner = el socio { $name }
part-rest = El resto de { $county }

## La respuesta: encabezado y título

for-course = { " " }para { $course }
verdict-covered = { $name } tiene socio{ $for-course }: { $partners }
verdict-covered-funded = { $name } tiene socio{ $for-course }: { $partners }, con fondos de { $funders }
verdict-covered-several = { $name } tiene { $number }{ $for-course }: { $partners }
verdict-partly = { $name } tiene cobertura parcial: { $share } tiene socio{ $for-course }
verdict-partly-somewhere = { $name } tiene cobertura parcial: solo una parte tiene socio{ $for-course }
verdict-pending = { $name } todavía no tiene socio{ $for-course }: hay una solicitud en revisión
verdict-open = { $name } todavía no tiene socio{ $for-course }
verdict-open-until = { $name } no tendrá socio{ $for-course } hasta el { $day }, cuando empiece { $partner }
verdict-military = { $name } es de correo militar o diplomático y no pertenece a ninguna región
verdict-state-outside = { $name } está fuera del área de servicio del programa
verdict-outside-in = { $name } está en { $state }, fuera del área de servicio del programa
verdict-outside = { $name } queda fuera de todas las regiones del mapa
verdict-no-zip = El código postal { $input } no existe
verdict-no-state = No se encontró el estado { $input }
verdict-no-county = No se encontró el condado { $input }
verdict-no-region = No se encontró la región { $input }
verdict-no-partner = No se encontró la organización { $input }
verdict-nothing = No se encontró { $input }
verdict-did-you-mean = { $input } no está del todo claro: ¿quiso decir { $choice }?
verdict-several = { $input } puede significar varias cosas: elija una
verdict-partner-serves = { $name } atiende { $regions }{ $for-course }
verdict-partner-starts = { $name } empieza el { $day }
verdict-partner-idle = { $name } no atiende ninguna región{ $for-course } el { $day }

## Cómo se llama cada situación

status-covered = Tiene socio
status-partly = Cobertura parcial
status-pending = Solicitud en revisión
status-open = Todavía sin socio
status-pending-part = { $status }; hay una solicitud en revisión para una parte
status-outside = Fuera del mapa
status-not-found = No encontrado
status-ambiguous = Varios significados

## Qué hacer ahora

step-contact = Comuníquese con { $partner }
step-apply = Presente una solicitud para ser el socio aquí
step-wait = El plazo de solicitudes se abre el { $day }: vea cómo presentar la suya
step-program = Pregunte al equipo del programa
step-pending = Pregunte al equipo del programa por la solicitud
step-choose = Elija a cuál se refiere
step-zip = Escriba el código postal de la escuela
step-spelling = Revise la ortografía e intente de nuevo
step-street = Agregue la localidad y el estado, o el código postal
step-closed = El plazo de solicitudes está cerrado: pregunte al equipo del programa

## La temporada de solicitudes

season-open = El plazo de solicitudes está abierto.
season-open-until = El plazo de solicitudes está abierto hasta el { $day } inclusive.
season-opens = El plazo de solicitudes se abre el { $day }.
season-closed = El plazo de solicitudes está cerrado.

## Notas

note-zip-taken = Del texto se tomó el código postal { $zip }; el resto no se consideró.
note-place-taken = Del texto se tomó { $place }; el resto no se consideró.
note-zip-padded = El código postal había perdido los ceros iniciales; se leyó como { $zip }.
note-axes-exchanged = La latitud y la longitud estaban en el orden contrario; se intercambiaron.
note-looks-exchanged = Con la latitud y la longitud intercambiadas, la posición quedaría dentro: ¿están en el orden correcto?
note-longitude-wrapped = La longitud pasaba de ±180 grados; se llevó al intervalo válido.
note-also-named = El mismo nombre lo llevan también: { $names }.
note-street-alone = A una dirección le hace falta la localidad y el estado, o el código postal de la escuela.
note-retired = Este condado no existe desde el { $day } ({ $reason }); la respuesta es la de { $successors }.
note-military = El correo militar y diplomático no pertenece a ningún condado; el programa puede decirle quién atiende a sus escuelas.
note-point-zip = Este código postal es de un apartado postal o de un solo edificio; la respuesta es la de { $county }.
note-some-zips = { $count ->
    [one] Un código postal de { $county } está asignado por separado; escriba el de la escuela para estar seguro.
   *[other] { $number } códigos postales de { $county } están asignados por separado; escriba el de la escuela para estar seguro.
}
note-each-zip = En { $county } cada código postal se asigna por separado; el de la escuela indica su socio.
note-split-by-area = El límite de { $region } atraviesa { $county }; allí los porcentajes se estiman por superficie.
note-shares-by-area = No hay cifras de población aquí; los porcentajes son por superficie.
note-within-resolution = La posición queda apenas fuera de { $area }, por menos de lo que el mapa distingue ({ $distance }); se cuenta como dentro.
note-outside-service-area = El programa no se compromete a cubrir { $state }.
note-pending-part = Hay una solicitud en revisión para una parte: { $parts }.
note-pending-inside = Hay una solicitud en revisión para una zona que ya tiene socio.
note-promised = { $partner } empieza el { $day } y atenderá todo el lugar.
note-small-parts = Las partes que suman menos del 1% de la población aparecen en la lista, pero no cambian la respuesta.
note-serves-nothing = { $partner } no atiende ninguna región en esta fecha.
note-positions-off = Aquí no se pueden buscar posiciones, porque falta { $file }.
note-zips-off = Aquí no se pueden buscar códigos postales, porque falta { $file }.
note-states-off = Aquí no se pueden buscar estados, porque falta { $file }.
note-counties-off = Aquí no se pueden buscar condados, porque falta { $file }.
note-places-off = Aquí no se pueden buscar localidades, porque falta { $file }.
note-regions-off = Aquí no se pueden buscar regiones del programa, porque falta { $file }.
note-partners-off = Aquí no se pueden buscar socios, porque falta { $file }.
note-names-off = Aquí no se pueden buscar nombres, porque falta { $file }.

## En todas las páginas

nav-home = Inicio
nav-partners = Dónde tenemos socios
nav-name = Principal
nav-menu = Menú
skip = Ir al contenido
languages = Idioma
as-of = Información al { $day }, datos { $generation }.

## El formulario de búsqueda

search = ¿Tiene socio mi región?
search-hint = Lo mejor es el código postal de la escuela. También sirven una localidad, un condado, un estado, una dirección o unas coordenadas.
search-course = Curso
search-any-course = Cualquier curso
search-day = Fecha (hoy si se deja vacía)
search-filters = Curso y fecha
search-filter-day = Fecha
search-button = Consultar
search-zip = ZIP de la escuela
search-example = ZIP o ciudad
search-more = Más información
search-unanswered = Esta copia del sitio responde a códigos ZIP. Escriba los cinco dígitos del ZIP de la escuela, o elija su estado más abajo.
zips-title = Códigos ZIP por sus tres primeros dígitos
zips-lede = Elija los tres primeros dígitos del ZIP de la escuela y, después, el ZIP.
zips-with = Códigos ZIP que empiezan por { $digits }
zips-description = Si hay un socio para cada ZIP que empieza por { $digits }, y qué hacer después.
zips-all = Todos los códigos ZIP que empiezan por { $digits }
zips-absent = Ningún ZIP tiene estos cinco dígitos. Compruébelos, por favor.
suggestions = Sugerencias
locate = Usar mi ubicación
locate-looking = Buscando dónde se encuentra usted…
locate-denied = Su navegador no tiene permiso para decir dónde se encuentra usted. Escriba el código ZIP de la escuela.
locate-unknown = Su navegador no pudo averiguar dónde se encuentra usted. Escriba el código ZIP de la escuela.
locate-failed = No se pudo conectar con el servicio. Su ubicación no tiene la culpa: inténtelo de nuevo.

## Respuestas

asked = Usted preguntó por { $input }.
understood = Se entendió como: { $subject }.
heading-who = Quién lo atiende
heading-parts = Sus partes
parts-all = Todas las partes ({ $number })
parts-by-status = { $status }: { $number }
also-named-all = Todo lo demás que se llama así ({ $number })
heading-upcoming = Empiezan más adelante
heading-near-border = Cerca de un límite
heading-nearest = Región más cercana
heading-nearest-partners = Socios más cercanos
heading-choices = ¿Quiso decir…?
heading-notes = Conviene saber
heading-map = El mapa
heading-by-state = Socios por estado
column-area = Zona
column-people = Población
column-partner = Socio
new = nuevo este año
funding = aporta fondos
website = Sitio web
program-contact = el contacto del programa
program-team = el equipo del programa
write-to = Escriba a { $name }:
near-partner = { $away }, en { $region }
border-with = A { $distance } de { $name }.
border-outside = A { $distance } del exterior de todas las regiones.
all-courses = todos los cursos
course-grades = { $course } (grados { $grades })
answer-description = { $verdict }. { $program }, al { $day }.

## Socios

counts = { $partners } en { $states }
counts-as-of = { $counts }, al { $day }.
counts-for-course = { $counts } para { $course }, al { $day }.
partners-description = El mapa de { $program }: { $counts }. Averigüe si una escuela, localidad, código postal o condado tiene socio.
partner-description = { $partner }: socio de { $program }. { $courses }.
partner-courses = Cursos
partner-contact = Contacto
partner-regions = Dónde trabaja
partner-idle = { $partner } no atiende ninguna región el { $day }.
partner-idle-contact = El equipo del programa puede decirle quién lo hace ahora.
from-day = desde el { $day }
until-day = hasta el { $day }

## Mapas

map-title = { $program }: mapa de socios, { $subject }
map-title-course = { $program }: mapa de socios, { $subject }, { $course }
map-description = { $partners }, { $day }. Estados y territorios: { $covered } tienen cobertura total, { $partly } cobertura parcial y { $open } no tienen socio. Las zonas de los socios y los estados son enlaces; lo mismo está en la lista de socios.
map-description-zoomed = { $subject }: { $partners }, { $day }. Condados: { $units }; con socio: { $covered }, en parte: { $partly }, sin socio: { $open }. Las áreas son enlaces; lo mismo está en las listas de la página.
map-zip = { $zip }, { $place }: { $partners }
map-foot = Al { $day }. { $attribution }
map-card = { $count ->
    [one] { $number } socio atiende la región de este mapa. ¿La suya tiene uno?
   *[other] { $number } socios atienden las regiones de este mapa. ¿La suya tiene uno?
}
map-day = Al { $day }
map-tools = Mover el mapa
map-in = Acercar
map-out = Alejar
map-whole = Mostrar todo
map-north = Mover hacia arriba
map-west = Mover a la izquierda
map-east = Mover a la derecha
map-south = Mover hacia abajo
map-skip = Saltar el mapa
map-hint = Haga clic o toque cualquier punto del mapa para consultar ese lugar.
map-open = Abrir el mapa con la lista de socios
map-partner = está resaltado en el mapa de abajo.
map-partner-all = Mostrar todos los socios por igual.
map-legend = Qué muestra el mapa
area = { $name }: { $status }
area-by = { $name }: { $status } ({ $partners })
area-new = { $area }, nuevo este año
area-until = { $area }, hasta el { $day }
area-upcoming = { $area }; { $partners } empieza el { $day }
area-covered = con socio
area-partly = con socio solo en algunos códigos postales
area-pending = solicitud en revisión
area-open = disponible, todavía sin socio
area-outside = fuera del área de servicio
legend-covered = Zona de un socio (los colores solo distinguen a los vecinos)
legend-partly = Algunos códigos postales tienen socio; el resto está disponible
legend-pending = Solicitud en revisión
legend-open = Disponible: todavía sin socio
legend-outside = Fuera del área de servicio
legend-some-zips = Algunos códigos postales tienen otro socio
legend-zip = Un código postal con socio propio (su centro, no su extensión)
legend-new = Nuevo este año
legend-ends = Termina pronto
legend-together = Varios socios juntos
legend-later = Un socio empieza aquí más adelante

## Lo que puede fallar

page-no-verdict = Esto no dice nada sobre si hay socio: vuelva a preguntar, por favor.
page-bad-day = { $value } no es una fecha. Las fechas se escriben como 2026-11-21: año, mes, día.
page-bad-course = El programa no tiene el curso { $value }. Elija uno de la lista.
page-bad-state = No hay ningún estado { $value }. Los estados se escriben con sus dos letras, como WA.
page-empty-question = No se escribió nada que se pueda leer. Basta un código postal, una localidad, un condado o un estado.
page-long-question = Es demasiado texto. Basta un código postal, una localidad, un condado o un estado.
page-no-position = { $value } no es una posición en la Tierra. Primero va la latitud, de -90 a 90, y luego la longitud, de -180 a 180.
page-unreadable = La dirección tiene signos que no se pueden leer. Vuelva a escribir la pregunta.

failure-unknown-parameter = Parámetro desconocido
    .detail = Aquí no hay ningún parámetro { $name }.
failure-repeated-parameter = Parámetro repetido
    .detail = El parámetro { $name } aparece más de una vez en la petición.
failure-no-question = No se preguntó nada
    .detail = La petición no pregunta nada. Agregue uno de estos: { $known }.
failure-several-questions = Más de una pregunta
    .detail = La petición hace varias preguntas a la vez: { $names }. Deje una sola.
failure-bad-value = No se pudo leer un valor
    .detail = { $parameter }: { $what } (se recibió { $value }); { $rule }.
failure-bad-encoding = No se pudo leer la dirección
    .detail = El valor de { $parameter } no es UTF-8 con codificación de porcentaje.
failure-query-too-long = La pregunta es demasiado larga
    .detail = Pregunte con menos texto: { $limit } bytes como máximo.
failure-bad-body = No se pudo leer el cuerpo
    .detail = No se pudo leer el cuerpo de la petición: { $rule }.
failure-body-too-large = El cuerpo es demasiado largo
    .detail = El cuerpo de la petición es más largo de lo que se lee aquí.
failure-not-acceptable = No existe en ese formato
    .detail = La cabecera Accept no admite ninguno de los formatos que hay: { $offered }.
failure-unsupported-media-type = Tipo de cuerpo desconocido
    .detail = Envíe el cuerpo como application/json.
failure-no-host = No está claro el servidor
    .detail = Una petición nombra el servidor al que se dirige, exactamente una vez.
failure-not-found = Aquí no hay ninguna página
    .detail = Puede que la dirección esté mal escrita, o que lo que había aquí se haya movido.
failure-method-not-allowed = Eso no se puede hacer aquí
    .detail = Esta dirección existe, pero no para este método.
failure-timed-out = La petición tardó demasiado
    .detail = La petición no terminó a tiempo. Intente de nuevo.
failure-too-many-requests = Demasiadas peticiones
    .detail = Desde esta dirección se ha preguntado más de lo permitido. Podrá volver a preguntar en { $wait } s.
failure-busy = Demasiado a la vez
    .detail = En este momento muchas personas piden mapas nuevos. Inténtelo de nuevo en unos segundos.
failure-not-ready = El servicio no está listo
    .detail = Intente de nuevo en un momento.
failure-internal = Algo falló de nuestro lado
    .detail = El error es nuestro y quedó registrado. Intente de nuevo en un momento.
failure-not-served = Se sirven otros archivos
    .detail = Los archivos en disco no son los que se sirven: acaban de cambiar, tienen errores o esperan permiso. La página /status dice cuál es el caso; luego intente de nuevo.
failure-bad-draft = El borrador tiene errores
    .detail = El borrador pasa por las mismas comprobaciones que el archivo real y tiene errores: { $problems }.
failure-staff-closed = El área del personal está cerrada
    .detail = No hay ningún token válido. Quien administra el servicio la abre con "coverage-map token new --state" y la carpeta con la que se inició el servicio.
failure-staff-unavailable = El área del personal no funciona
    .detail = Sus registros no se pueden leer ni escribir, así que nadie puede entrar. El registro del servicio dice por qué; las páginas públicas no se ven afectadas.
failure-no-token = Se necesita un token
    .detail = Esto es para el personal. Inicie sesión en /staff o envíe el token en la cabecera Authorization: Bearer.
failure-wrong-token = Token desconocido
    .detail = No existe ese token o la sesión ha terminado. Un token se copia entero, con todos sus signos.
failure-expired-token = El token ha caducado
    .detail = El tiempo de este token ha terminado. Quien administra el servicio crea uno nuevo.
failure-revoked-token = El token fue revocado
    .detail = Este token fue revocado. Quien administra el servicio crea uno nuevo.
failure-not-permitted = El token no sirve para esto
    .detail = Al token le falta el permiso { $scope }. Quien administra el servicio crea uno que lo tenga.
failure-token-in-address = Nunca ponga un token en una dirección
    .detail = Las direcciones quedan en historiales y registros. Pida que se revoque este token y envíe el siguiente en la cabecera Authorization: Bearer, o inicie sesión con él en /staff.
failure-from-another-site = Otro sitio pidió esto
    .detail = La solicitud vino de una página de otro sitio. Abra la página aquí e intente de nuevo.

## El mapa en otras páginas

embed = Ponga el mapa en su página
embed-lede = El mapa es gratuito, no guarda cookies y no llama a terceros. Elija qué muestra y copie el código.
embed-kind = Cómo
embed-element = Un elemento que se adapta (recomendado)
embed-frame = Un marco
embed-fragment = HTML para que lo pida su servidor
embed-picture = Una imagen
embed-place = Qué
embed-country = Todo el país
embed-theme = Colores
theme-auto = Según prefiera quien la visita
theme-light = Claros
theme-dark = Oscuros
embed-compose = Mostrar el código
embed-code = El código
embed-copy = Copiar
embed-copied = Copiado
embed-policy = Si su sitio tiene una Content-Security-Policy, agréguele esto:
embed-preview = Cómo se ve
embed-title = { $program }: mapa de socios

## Páginas del programa

page-only-in-english = Esta página está disponible solo en inglés.
to-top = Volver arriba
versions = Versiones de esta página
versions-compare = Comparar { $old } con { $new }
compare-title = { $page }: comparación de { $old } y { $new }
compare-description = Qué cambió de «{ $old }» a «{ $new }», sección por sección.
compare-lead = Cada sección muestra las dos versiones una al lado de la otra, o una sola vez si nada cambió.
compare-old = De
compare-new = a
compare-button = Comparar
compare-same = Igual en ambas.
compare-nothing = Nada sobre este tema.

## Solicitudes

region-check = ¿Está disponible mi región?
season = Cuándo solicitar
season-check-first = Busque primero su región. Si está disponible, recibirá el formulario para ella.
season-calendar = Agregue el día a su calendario
season-ask = Escríbanos y le avisaremos cuando se abra de nuevo:
calendar-summary = Se abre el plazo de solicitudes: { $program }
calendar-description = Desde hoy, las organizaciones pueden solicitar ser socias de { $organisation }.
apply-open = Esta región no tiene socio y el plazo de solicitudes está abierto. Puede presentar su solicitud ahora.
apply-wait = Esta región no tiene socio. Puede presentar su solicitud a partir del { $day }.
apply-closed = Esta región no tiene socio, pero el plazo de solicitudes está cerrado. Escríbanos y le avisaremos cuando se abra de nuevo:
apply-promised = Esta región está prometida a un socio que empezará más adelante, así que no se puede solicitar. Si tiene preguntas, escríbanos:
apply-covered = Por eso no se puede solicitar esta región. Hable con su socio, que le atenderá con gusto:
apply-partly = Puede solicitar las partes que no tienen socio. Elija la que usted atendería o escriba el código postal de una escuela de esa zona.
apply-pending = Alguien ya solicitó esta región y aún no hemos tomado una decisión. Hasta entonces, nadie más puede solicitarla. Si tiene preguntas, escríbanos:
apply-outside = El programa no trabaja en ese lugar, así que no se puede solicitar. Si cree que es un error, escríbanos:
apply-not-found = Revise la ortografía o escriba el código postal de una escuela de su región.
apply-ambiguous = ¿A cuál se refiere?
apply-unreadable = No pudimos leer { $input }
apply-try-again = Escriba el código postal de una escuela de su región, o una ciudad, un condado o un estado.
apply-open-parts = Partes sin socio
apply-more-parts = { $count ->
    [one] y { $number } más
   *[other] y { $number } más
}
apply-form-for = Llene el formulario para { $region }
apply-form-hint = El formulario recibe la región y el curso que usted solicita.
apply-subject = Solicitud para { $program }: { $region }
