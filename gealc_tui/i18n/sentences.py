"""Errors as sentences: what happened, and what to do. The one place where errors get words."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from gealc_tui import errors
from gealc_tui.domain.vocabulary import ClockDoubt
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import day_label, field_label
from gealc_tui.i18n.life_sentences import LIFE
from gealc_tui.plain import drawable

_EXPECTED = {
    "country": N_("un país por su código de dos letras o su nombre (UY, Uruguay)"),
    "date": N_("una fecha que exista, como 15/08/2019 o 2019-08-15"),
    "clear_date": N_("una fecha que no se pueda leer de dos maneras, como 15 ago 2019 o 2019-08-15"),
    "whole_year": N_("una fecha con el año de cuatro cifras, como 15/08/2019"),
    "fitting_weekday": N_("una fecha que caiga en ese día de la semana"),
    "one_country": N_("un solo país; escriba otro acuerdo para los demás"),
    "hour": N_("una hora, como 9:00 o 15:30"),
    "existing_hour": N_("una hora que exista ese día: esa noche se adelantan los relojes"),
    "clear_hour": N_("una hora que no se dé dos veces: esa noche se atrasan los relojes"),
    "status": N_("un estado: Pendiente, En curso, Cumplida, Suspendida o Cancelada"),
    "period": N_("Primer semestre, Segundo semestre o De carácter anual"),
    "months": N_("una cantidad de meses, de 1 a 120"),
    "occurrences": N_("una cantidad de veces, de 1 a 400"),
    "half": N_("Primer semestre o Segundo semestre (S1, S2)"),
    "role": N_("Punto focal, Secretaría Técnica, Comité Ejecutivo u Observador"),
    "percent": N_("un número de 0 a 100"),
    "count": N_("un número entero de 0 a 100000"),
    "flag": N_("sí o no"),
    "line": N_("un texto de una sola línea"),
    "name_and_country": N_("un nombre, una coma y un país, como «Juan Ruiz, Perú»"),
    "cell_text": N_("un texto, y la celda tiene una fecha, una hora o un valor lógico"),
    "cell_day": N_("una fecha, y la celda tiene un número"),
    "year": N_("un año de cuatro cifras, como 2020"),
    "code": N_("un código sin espacios ni barras, como 3.6.1"),
    "email": N_("una dirección de correo, como nombre@ejemplo.org"),
}

_CANNOT_MOVE = {
    "itself": N_("Nada puede ir detrás de sí mismo."),
    "withdrawn": N_("Eso está retirado; antes hay que traerlo de vuelta."),
    "plan": N_("Eso está en otro plan: de un plan a otro no se mueve nada."),
    "area": N_("Aquello detrás de lo cual debe ir no está en esa área."),
    "nowhere": N_("Eso no está en ningún plan."),
}

_PIP = "py -m pip" if os.name == "nt" else "pip"
"""How pip is called: on Windows it is rarely on PATH, and the launcher of Python is."""

_REASON = {
    "missing": N_("no existe"),
    "exists": N_("ya existe"),
    "folder": N_("es una carpeta"),
    "folder_wanted": N_("hace falta una carpeta, con su camino entero"),
    "not_a_folder": N_("no es una carpeta"),
    "permission": N_("no hay permiso"),
    "in_use": N_("otro programa lo tiene abierto (ciérrelo ahí y repita)"),
    "full": N_("no queda espacio en el disco"),
    "offline": N_("no hay conexión con la carpeta de red"),
    "credentials": N_("la carpeta de red no acepta el usuario o la contraseña"),
    "name": N_("el nombre lleva signos que el sistema no admite"),
    "too_long": N_("el nombre o la ruta es demasiado largo"),
    "too_large": N_("es demasiado grande"),
    "encoding": N_("no es un texto en UTF-8"),
    "too_many_columns": N_("la planilla tiene más de 256 columnas: deje sólo las que hacen falta"),
    "too_many_rows": N_("la planilla tiene demasiadas filas o celdas: deje sólo las que hacen falta"),
    "old_word": N_("es un documento de Word antiguo (.doc): ábralo en Word y guárdelo como .docx"),
    "old_excel": N_("es una planilla de Excel antigua (.xls): ábrala en Excel y guárdela como .xlsx"),
    "old_office": N_("es un archivo de una versión antigua de Office: ábralo ahí y guárdelo en el formato de hoy"),
    "xlsb": N_("es una planilla binaria (.xlsb): ábrala en Excel y guárdela como .xlsx"),
    "odt": N_("es un documento de LibreOffice que no se lee aquí: guárdelo como .docx, o .ods si es una planilla"),
    "rtf": N_("es un texto enriquecido (.rtf): ábralo en Word y guárdelo como .docx"),
    "web_page": N_("es una página web, aunque se llame de otra manera: ábrala y guárdela como .docx o .xlsx"),
    "pdf": N_("es un PDF, que no guarda las partes de un plan: pida el documento de Word"),
    "other_zip": N_("es un archivo comprimido, y no un documento ni una planilla: extraiga lo que trae"),
    "password": N_("tiene contraseña: ábralo y guárdelo sin contraseña"),
    "inflated": N_("lo que trae dentro es demasiado grande para un documento"),
    "damaged": N_("está dañado o incompleto: pídalo de nuevo"),
    "other": N_("el sistema no lo permite"),
}

_CANNOT_GO = {
    "left": N_("El plan {plan} no se puede quitar: puede que otros ya lo tengan. No se cambió nada."),
    "written": N_("El plan {plan} no se puede quitar: ya hay cambios escritos en él. No se cambió nada."),
}

_EDITOR = {
    "status": N_("El editor terminó con un error y no cambió nada: la nota está como estaba."),
    "lost": N_("El editor no dejó ningún texto: la nota está como estaba."),
    "too_large": N_("El texto es demasiado largo para una nota: quedó en {path}, y aquí está como estaba."),
    "other": N_("No se pudo traer el texto del editor {path}: aquí está como estaba."),
}

_FOLDER = {
    "missing": N_("la carpeta no está"),
    "not_a_folder": N_("no es una carpeta"),
    "permission": N_("no hay permiso"),
    "credentials": N_("el servidor no acepta el usuario o la contraseña"),
    "host_key": N_("no se conoce la clave de ese servidor (entre una vez con ssh y compruébela)"),
    "offline": N_("no hay conexión"),
    "in_use": N_("otro programa la tiene ocupada"),
    "name": N_("el nombre lleva signos que el sistema no admite"),
    "too_long": N_("el nombre o la ruta es demasiado largo"),
    "full": N_("no queda espacio"),
    "other": N_("el sistema o el servidor no lo permite"),
}

_DOCUMENT = {
    "text": N_("un texto"),
    "size": N_("un documento de menos de 2 MB"),
    "line_length": N_("una línea más corta"),
    "plan_title": N_("el título «PLAN DE TRABAJO» con su año"),
    "areas": N_("la sección «Áreas de trabajo»"),
    "area_heading": N_("un área de trabajo, como «3.1) Datos abiertos»"),
    "objective": N_("el objetivo del área, «Objetivo: …»"),
    "period_heading": N_("un período, como «Actividades del primer semestre»"),
    "activity": N_("una actividad, como «3.1.1) Taller regional»"),
}

_LIMIT = {
    "bytes": N_("pesa demasiado"),
    "depth": N_("tiene datos anidados sin medida"),
    "integer": N_("contiene un número fuera de medida"),
    "text": N_("contiene un texto demasiado largo"),
    "count": N_("contiene demasiadas partes"),
}


def sentence(error: errors.GealcError) -> str:
    """The error in the language in force, in a sentence or two."""
    for kind in type(error).__mro__:
        if kind in _WORDING:
            return _WORDING[kind](error)
    return type(error).__name__


def _listed(names: Sequence[str]) -> str:
    return ", ".join(shorten(one) for one in names)


def _ambiguous(error: Any) -> str:
    return t(
        "El código {ref} está en varias actividades; diga cuál por su id:{choices}",
        ref=error.ref,
        choices=_choices(error),
    )


def _choices(error: Any) -> str:
    return "".join(f"\n  {id}  {title}" for id, title in error.matches)


def _refused(error: Any) -> str:
    return t(
        "«{value}» no es válido para {field}: se espera {expected}.",
        value=shorten(error.value),
        field=field_label("", error.field),
        expected=t(_EXPECTED.get(error.expected, error.expected)),
    )


def _field_unknown(error: Any) -> str:
    if not error.choices:
        return t("El campo «{field}» no se puede cambiar aquí.", field=shorten(error.field))
    return t(
        "El campo «{field}» no existe. Puede cambiar: {choices}.",
        field=shorten(error.field),
        choices=", ".join(error.choices),
    )


def _too_long(error: Any) -> str:
    return t(
        "El texto tiene {length} caracteres; caben {longest}. No se guardó nada: acórtelo o ponga un enlace.",
        length=error.length,
        longest=error.longest,
    )


def _since(error: Any) -> str:
    if error.name:
        return t(
            "No se deshace: {name} escribió después en «{field}».", name=error.name, field=field_label("", error.field)
        )
    return t("No se deshace: «{field}» cambió después.", field=field_label("", error.field))


def _not_a_change_file(error: Any) -> str:
    if error.reason == "damaged" and error.line:
        return t(
            "El archivo de cambios está dañado en la línea {line}; pídalo de nuevo. No se aplicó nada.", line=error.line
        )
    return t("No es un archivo de cambios de gealc. No se aplicó nada.")


_OTHER_FORMAT = {
    "pgp": N_("El mensaje está cifrado con PGP: ábralo en su programa de correo y guarde el adjunto."),
    "smime": N_("El mensaje está cifrado (S/MIME): ábralo en su programa de correo y guarde el adjunto."),
    "smime-signed": N_(
        "El mensaje está firmado y empaquetado (S/MIME): ábralo en su programa de correo y guarde el adjunto."
    ),
    "zip": N_("El zip está comprimido con {detail}, que gealc no abre: extráigalo, o pida el .json o un .zip común."),
    "uuencode": N_("El adjunto viene en uuencode, un formato antiguo: pida que lo envíen como adjunto común (MIME)."),
    "pst": N_("Es un buzón entero de Outlook (.pst): abra el mensaje en Outlook y guarde el adjunto."),
    "database": N_("Es una base de datos, no un archivo de cambios: pida que la otra persona use gealc export."),
    "office": N_("Es un documento de oficina, no un archivo de cambios: pida que la otra persona use gealc export."),
    "pdf": N_("Es un PDF, no un archivo de cambios: pida que la otra persona use gealc export."),
    "image": N_("Es una imagen, no un archivo de cambios: pida que la otra persona use gealc export."),
}


_ARCHIVE = {
    "7z": "7z",
    "rar": "RAR",
    "tar": "tar",
    "gz": "gzip (.gz, .tar.gz)",
    "bz2": "bzip2 (.bz2, .tar.bz2)",
    "xz": "xz (.xz, .tar.xz)",
    "zst": "Zstandard (.zst)",
}


def _other_format(error: Any) -> str:
    if error.kind in _ARCHIVE:
        what = t(
            "Es un archivo {name}, que gealc no abre: extráigalo, o pida el .json tal cual o en un .zip.",
            name=_ARCHIVE[error.kind],
        )
    else:
        what = t(_OTHER_FORMAT[error.kind], detail=error.detail)
    return t("{what} No se aplicó nada.", what=what)


def _cut_off(error: Any) -> str:
    if not error.line:
        return t("El archivo está cortado; pida que lo envíen de nuevo. No se aplicó nada.")
    return t(
        "El archivo está cortado en la línea {line}; pida que lo envíen de nuevo. No se aplicó nada.", line=error.line
    )


_WORDING: dict[type, Callable[[Any], str]] = {
    errors.NotUnderstoodHere: lambda e: t(
        "Es algo de una versión más nueva del programa, y aquí no se puede resolver: actualícelo."
    ),
    errors.DayUnknown: lambda e: t("Esta copia no sabe cómo estaba el plan el {day}.", day=day_label(e.day)),
    errors.MomentUnknown: lambda e: t(
        "«{ref}» no es una reunión cerrada, ni un acta, ni una fecha.", ref=shorten(e.ref)
    ),
    errors.NotFound: lambda e: t("No hay nada con la referencia «{ref}» en el plan.", ref=shorten(e.ref)),
    errors.CodeIsAmbiguous: _ambiguous,
    errors.ReferenceIsAmbiguous: lambda e: t(
        "«{ref}» es el identificador de una cosa y el año y código de otra; diga cuál:{choices}",
        ref=shorten(e.ref),
        choices=_choices(e),
    ),
    errors.NoPlan: lambda e: t("Todavía no hay ningún plan en esta base; traiga uno con gealc import."),
    errors.PlanUnknown: lambda e: t("No hay ningún plan «{ref}»; gealc plan dice cuáles hay.", ref=shorten(e.ref)),
    errors.PlanIsAmbiguous: lambda e: t(
        "«{ref}» puede ser más de un plan; diga cuál por su identificador, como plan/2020:{choices}",
        ref=shorten(e.ref),
        choices=_choices(e),
    ),
    errors.YearUnexpected: lambda e: t(
        "El documento es el plan de {year}, que no es el de este año ni el del que viene. No se cambió nada;"
        " si es así, repita con --yes.",
        year=e.year,
    ),
    errors.PlanCannotGo: lambda e: t(_CANNOT_GO[e.reason], plan=shorten(e.plan)),
    errors.ValueRefused: _refused,
    errors.CityIsUnclear: lambda e: t(
        "Hay varios lugares «{city}», con relojes distintos: escriba {choices}.",
        city=shorten(e.city),
        choices=t(" o ").join(f"«{one}»" for one in e.choices),
    ),
    errors.FieldUnknown: _field_unknown,
    errors.TextEmpty: lambda e: t("El texto está vacío."),
    errors.TextTooLong: _too_long,
    errors.TextHasControlCharacters: lambda e: t(
        "El carácter número {position} no se puede escribir (es de control).", position=e.position
    ),
    errors.NothingToUndo: lambda e: t("No hay nada que deshacer."),
    errors.NothingToRedo: lambda e: t("No hay nada que rehacer."),
    errors.ChangedSince: _since,
    errors.NotADifference: lambda e: t(
        "No hay una diferencia que resolver en «{field}» de {ref}.", field=e.field, ref=e.ref
    ),
    errors.DifferenceChanged: lambda e: t(
        "La diferencia en «{field}» cambió mientras tanto: mírela otra vez. No se cambió nada.",
        field=field_label("", e.field),
    ),
    errors.NothingToSettle: lambda e: t("No hay ninguna diferencia que se resuelva así."),
    errors.AuthorUnclear: lambda e: t(
        "«{ref}» no dice cuál de las personas que están en diferencia: dé su nombre, su país o su identificador.",
        ref=shorten(e.ref),
    ),
    errors.MeetingIsOpen: lambda e: t("Hay una reunión abierta: ciérrela antes de empezar otra."),
    errors.MeetingIsNotOpen: lambda e: t("La reunión no está abierta: no se escribió nada."),
    errors.MeetingNotPlanned: lambda e: t("Esa reunión ya empezó, o se canceló."),
    errors.NothingPlanned: lambda e: t("No hay ninguna reunión prevista."),
    errors.MeetingUnknown: lambda e: t("No hay ninguna reunión abierta; empiece una con gealc meeting begin."),
    errors.CannotWithdraw: lambda e: t(
        "No se puede retirar «{ref}»: se retiran planes, áreas, actividades y productos.", ref=shorten(e.entity)
    ),
    errors.CannotMove: lambda e: t(_CANNOT_MOVE[e.reason]),
    errors.ReasonMissing: lambda e: t("Diga por qué: con --reason, o en la línea del motivo."),
    **LIFE,
    errors.FormMissing: lambda e: t(
        'Falta lo que hace el {form}. Se agrega con: {pip} install "gealc-tui[{form}]"', form=e.form, pip=_PIP
    ),
    errors.NotDeleted: lambda e: t("«{ref}» no está borrado ni retirado.", ref=shorten(e.ref)),
    errors.NoIdentity: lambda e: t("Falta decir quién usa esta copia: gealc init --name NOMBRE --country PAÍS."),
    errors.IdentityLost: lambda e: t(
        "La clave de esta copia no está en su carpeta (¿se copió sólo la base?)."
        " Con gealc init empieza una identidad nueva."
    ),
    errors.PersonUnknown: lambda e: t(
        "No se conoce a nadie con el identificador «{replica}».", replica=shorten(e.replica)
    ),
    errors.NotAccepted: lambda e: t("Primero confirme a esa persona: gealc accept {replica}.", replica=e.replica[:8]),
    errors.NotBlocked: lambda e: t("«{replica}» no está bloqueada.", replica=shorten(e.replica)),
    errors.CannotBlockSelf: lambda e: t("Nadie puede bloquearse a sí mismo."),
    errors.ProgramFailed: lambda e: (
        t(
            "El programa falló y se cerró. Lo que se guardó está a salvo: ábralo otra vez. Si vuelve a pasar, envíe"
            " {report} a quien le dio el programa: dice dónde falló, y nada de lo que usted escribió.",
            report=e.report,
        )
        if e.report
        else t("El programa falló y se cerró. Lo que se guardó está a salvo: ábralo otra vez.")
    ),
    errors.ProgramReplaced: lambda e: t(
        "El programa se actualizó mientras estaba abierto. Lo que se guardó está a salvo: ábralo otra vez."
    ),
    errors.Stopped: lambda e: t("Se detuvo: no se cambió nada."),
    errors.NoTerminal: lambda e: t("Esto necesita una terminal; vea gealc --help."),
    errors.EditorMissing: lambda e: (
        t("No se encuentra el editor «{command}» (variable VISUAL o EDITOR). Aquí se puede seguir.", command=e.command)
        if e.command
        else t("No hay otro editor elegido: se elige con la variable VISUAL o EDITOR. Aquí se puede seguir.")
    ),
    errors.EditorFailed: lambda e: t(_EDITOR[e.reason], path=e.path),
    errors.BrowserMissing: lambda e: t(
        'Para abrirlo en un navegador falta una parte del programa: {pip} install "gealc-tui[serve]".', pip=_PIP
    ),
    errors.BeyondThisMachine: lambda e: t(
        "No se ofrece en {host}: quien llegara a la página escribiría en nombre de usted. Sólo en esta computadora.",
        host=e.host,
    ),
    errors.ClipboardUnread: lambda e: t(
        "El portapapeles está vacío, o aquí no se puede leer: guarde el texto en un archivo."
    ),
    errors.PortTaken: lambda e: t(
        "El puerto {port} no se puede usar; pruebe con otro: gealc serve --port 8020", port=e.port
    ),
    errors.FolderNotEmpty: lambda e: t(
        "En {path} ya hay archivos, y no se tocan: elija una carpeta nueva o vacía.", path=e.path
    ),
    errors.FileUnreadable: lambda e: t("No se puede leer {path}: {reason}.", path=e.path, reason=t(_REASON[e.reason])),
    errors.SheetUnknown: lambda e: (
        t("El archivo no tiene una hoja «{name}»; tiene: {names}", name=shorten(e.name), names=_listed(e.names))
        if e.name
        else t("El archivo no tiene ninguna hoja a la vista con algo escrito.")
    ),
    errors.ColumnsUnknown: lambda e: (
        t(
            "«{said}» no dice qué es una columna; se espera por ejemplo A=code, con uno de: {names}",
            said=shorten(e.said),
            names=_listed(e.names),
        )
        if e.said
        else t("No se encontró la columna de los códigos de actividad; diga cuál es: --columns A=code")
    ),
    errors.PlanNotHere: lambda e: t("La planilla es del plan {plan}, que no está en esta copia.", plan=shorten(e.plan)),
    errors.PlanNotInView: lambda e: t(
        "La planilla es del plan {plan}, que no es el plan en vista; para verlo: gealc plan use {plan}",
        plan=shorten(e.plan),
    ),
    errors.FileUnwritable: lambda e: t(
        "No se puede escribir {path}: {reason}.", path=e.path, reason=t(_REASON[e.reason])
    ),
    errors.FolderUnreachable: lambda e: t(
        "No se puede usar la carpeta compartida {place}: {reason}.",
        place=shorten(e.place, 300),
        reason=t(_FOLDER[e.reason]),
    ),
    errors.FolderAddress: lambda e: t(
        "«{place}» no es una carpeta compartida. Escriba una ruta, o una dirección que empiece con {choices}.",
        place=shorten(e.place),
        choices=", ".join(f"{one}://" for one in e.choices),
    ),
    errors.CarrierMissing: lambda e: t(
        'Para carpetas {scheme}:// falta un complemento. Instálelo con: {pip} install "gealc-tui[carriers]"',
        scheme=e.scheme,
        pip=_PIP,
    ),
    errors.BackupFailed: lambda e: t(
        "No se pudo hacer la copia de respaldo en {path}: {reason}. Sin copia no se recibe ni se restaura nada.",
        path=e.path,
        reason=t(_REASON[e.reason]),
    ),
    errors.DatabaseLost: lambda e: _lost_sentence(e.path, e.folder, e.copies),
    errors.BackupUnknown: lambda e: t(
        "No hay una copia de respaldo «{ref}»; véalas con gealc backups.", ref=shorten(e.ref)
    ),
    errors.BackupDamaged: lambda e: t(
        "La copia {path} está dañada; la base queda como estaba. Elija otra con gealc backups.", path=e.path
    ),
    errors.DocumentUnreadable: lambda e: t(
        "El documento no se entiende en la línea {line}: se esperaba {expected} y dice «{found}». No se cambió nada.",
        line=e.line,
        expected=t(_DOCUMENT.get(str(e.expected), str(e.expected))),
        found=shorten(e.found),
    ),
    errors.NotAChangeFile: _not_a_change_file,
    errors.OutlookWrapped: lambda e: t(
        "Outlook envolvió el adjunto en un «winmail.dat», que otros programas no pueden leer. Pida que lo envíen otra"
        " vez con el mensaje en formato HTML o texto sin formato. No se aplicó nada."
    ),
    errors.OtherFormat: _other_format,
    errors.ArchiveEncrypted: lambda e: t(
        "El archivo zip tiene contraseña. Pida que lo envíen sin contraseña. No se aplicó nada."
    ),
    errors.CutOff: _cut_off,
    errors.Altered: lambda e: t(
        "El archivo fue alterado en el camino ({part}); pídalo de nuevo. No se aplicó nada.", part=shorten(e.part)
    ),
    errors.Forged: lambda e: t(
        "Hay cambios sin la firma de quien dice haberlos escrito ({replica}). No se aplicó nada.", replica=e.replica[:8]
    ),
    errors.TooLarge: lambda e: t("El archivo se rechaza: {limit}. No se aplicó nada.", limit=t(_LIMIT[e.limit])),
    errors.GateFault: lambda e: t(
        "Este archivo hizo fallar al programa ({kind}), y no se aplicó nada de él; lo demás sigue. Avise a quien"
        " mantiene gealc: dónde falló está anotado en {log}.",
        kind=e.kind,
        log=e.log,
    ),
    errors.NewerFormat: lambda e: t(
        "El archivo es de una versión más nueva (formato {version}; este programa lee hasta {readable})."
        " Actualice gealc.",
        version=e.version,
        readable=e.readable,
    ),
    errors.DatabaseLocked: lambda e: t(
        "Otro programa está usando la base {path}. Ciérrelo e inténtelo otra vez.", path=e.path
    ),
    errors.DatabaseReadOnly: lambda e: t("La base {path} es de sólo lectura; no se guardó nada.", path=e.path),
    errors.DatabaseCorrupt: lambda e: t(
        "La base {path} está dañada. No la borre: con gealc restore se pone una copia en su lugar.", path=e.path
    ),
    errors.DatabaseAltered: lambda e: t(
        "En la base hay algo que este programa no escribió: se dañó, o la cambió otro programa. gealc rebuild rehace lo"
        " que se ve a partir de los cambios; si no alcanza, gealc verify dice qué falla y gealc restore pone una copia."
    ),
    errors.NotADatabase: lambda e: t("{path} no es una base de gealc.", path=e.path),
    errors.DatabaseCannotOpen: lambda e: t("No se puede abrir la base {path}.", path=e.path),
    errors.DatabaseReplaced: lambda e: t(
        "Otro programa reemplazó o quitó la base {path} mientras estaba abierta: no se escribe nada en ella.",
        path=e.path,
    ),
    errors.DatabaseNewer: lambda e: t(
        "La base {path} es de una versión más nueva de gealc. Actualice el programa.", path=e.path
    ),
    errors.DiskFull: lambda e: t("No queda espacio en el disco; no se guardó nada."),
    errors.DiskFailed: lambda e: t("El disco falló al usar la base {path}: {detail}.", path=e.path, detail=e.detail),
}


def folder_trouble(error: errors.GealcError) -> str:
    """Why a shared folder that is named beside it cannot be used now, in as few words as can be."""
    return t(_FOLDER[error.reason]) if isinstance(error, errors.FolderUnreachable) else sentence(error).rstrip(".")


def clock_sentence(doubt: ClockDoubt) -> str:
    """What is said to whoever writes under a clock that does not fit what is known."""
    if doubt is ClockDoubt.AHEAD:
        return t("El reloj de esta computadora está muy adelantado: revise la fecha. Lo que escriba se guarda igual.")
    return t(
        "El reloj de esta computadora está atrasado, o lo último se escribió con uno adelantado: revise la fecha."
        " Lo que escriba se guarda igual."
    )


def shorten(text: str, longest: int = 80) -> str:
    """Foreign text inside a sentence: one line, not too long, nothing that a terminal would obey."""
    line = drawable(" ".join(text.split()))
    return line if len(line) <= longest else line[: longest - 1] + "…"


def counted_changes(n: int) -> str:
    return tn("{n} cambio", "{n} cambios", n)


_REPAIR = {
    "bom": N_("una marca al principio"),
    "utf-16": N_("otra codificación"),
    "zip": N_("un archivo zip"),
    "mail": N_("un mensaje"),
    "outlook": N_("un mensaje de Outlook"),
    "forwarded": N_("un mensaje reenviado"),
    "html": N_("una página HTML"),
    "pasted": N_("un texto pegado"),
    "armour": N_("el bloque de texto del mensaje"),
    "damaged-copy": N_("otra copia estaba dañada; ésta está sana"),
}


def repairs_sentence(repairs: Sequence[str]) -> str:
    """How a change file came, if it did not come as it was sent."""
    return t("venía en: {ways}", ways=", ".join(t(_REPAIR.get(one, one)) for one in repairs))


def demo_sentence() -> str:
    """What a copy made for a demonstration says of itself."""
    return t("Demostración: nada de esto es real.")


def demo_word() -> str:
    """The same where there is no room for it."""
    return t("Demostración")


def _lost_sentence(path: str, folder: str, copies: int) -> str:
    gone = t(
        "La base {path} no está o está vacía, pero aquí ya se trabajó y no se empieza otra sin preguntar.", path=path
    )
    if copies:
        here = tn(
            "En {folder} hay {n} copia de respaldo", "En {folder} hay {n} copias de respaldo", copies, folder=folder
        )
        back = t("con gealc restore 1 se vuelve a la última, gealc backups las muestra y gealc init empieza de nuevo.")
        return f"{gone} {here}: {back}"
    return f"{gone} " + t(
        "Copias de respaldo no hay en {folder}. Si la base está en otra parte, póngala en su lugar; gealc init"
        " empieza de nuevo.",
        folder=folder,
    )


def branches_sentence(who: str, branches: int, replica: str) -> str:
    """Somebody's identity was used on more machines than can be explained."""
    return t(
        "La identidad de {who} se usó en {n} lugares a la vez. Si no se explica, otra persona puede tener su clave:"
        " gealc block {replica}",
        who=who,
        n=branches,
        replica=replica[:12],
    )


def displaced_sentence(who: str) -> str:
    """Somebody's words that waited had to make room for others."""
    return t(
        "Esperan demasiadas personas. Lo que esperaba de {who} dejó lugar a otros: confirme o"
        " bloquee personas, y reciba otra vez su archivo.",
        who=who,
    )


def renewed_sentence(*, lacks: bool = False) -> str:
    """What a person is told when their copy goes on under another identity.

    `lacks`: what the one before wrote last is not here, and whether it is elsewhere is not known.
    """
    said = t(
        "Esta copia sigue con una identidad nueva: la anterior se usó también en otro equipo, o se repuso una copia"
        " antigua."
    )
    if lacks:
        return (
            said
            + " "
            + t(
                "Aquí falta lo último que se había escrito. Vuelve si alguien lo recibió y le envía sus cambios, o de"
                " una copia de respaldo: gealc backups, y gealc restore --merge."
            )
        )
    return said + " " + t("No se perdió nada; lo escrito en las dos partes se une al intercambiar archivos.")


def place_sentence(folder: Path) -> str | None:
    """What is said of a copy that lies where its database is in danger; None if it does not."""
    from gealc_tui.cloud_folders import keeper_of
    from gealc_tui.network_places import is_on_network

    if is_on_network(folder):
        return t(
            "La carpeta {folder} está en la red: si dos computadoras la usan a la vez, la base se daña. Llévela al"
            " disco de ésta; para compartir está la carpeta compartida (gealc sync).",
            folder=folder,
        )
    if (keeper := keeper_of(folder)) is None:
        return None
    return t(
        "La carpeta {folder} es de {keeper}, que puede reemplazar la base mientras se usa: llévela a otro lugar.",
        keeper=keeper,
        folder=folder,
    )


def meeting_itself_sentence() -> str:
    """What a trial run tells of the same."""
    return t(
        "Trae cambios hechos con la identidad de esta copia en otro equipo. Al aplicarlo, esta copia sigue con una"
        " identidad nueva y se conserva todo."
    )
