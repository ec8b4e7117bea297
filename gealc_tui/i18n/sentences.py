"""Errors as sentences: what happened, and what to do. The one place where errors get words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gealc_tui import errors
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import field_label
from gealc_tui.plain import drawable

_EXPECTED = {
    "country": N_("un país por su código de dos letras o su nombre (UY, Uruguay)"),
    "date": N_("una fecha que exista, como 15/08/2019 o 2019-08-15"),
    "clear_date": N_("una fecha que no se pueda leer de dos maneras, como 15 ago 2019 o 2019-08-15"),
    "one_country": N_("un solo país; escriba otro acuerdo para los demás"),
    "hour": N_("una hora, como 9:00 o 15:30"),
    "status": N_("pending, in_progress, done, on_hold o cancelled"),
    "period": N_("S1, S2 o ANNUAL"),
    "role": N_("focal, secretariat, committee u observer"),
    "percent": N_("un número de 0 a 100"),
    "count": N_("un número entero de 0 a 100000"),
    "flag": N_("sí o no"),
    "line": N_("un texto de una sola línea"),
    "email": N_("una dirección de correo, como nombre@ejemplo.org"),
}

_REASON = {
    "missing": N_("no existe"),
    "exists": N_("ya existe"),
    "folder": N_("es una carpeta"),
    "permission": N_("no hay permiso"),
    "full": N_("no queda espacio en el disco"),
    "too_large": N_("es demasiado grande"),
    "encoding": N_("no es un texto en UTF-8"),
    "other": N_("el sistema no lo permite"),
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


def _ambiguous(error: Any) -> str:
    choices = "".join(f"\n  {id}  {title}" for id, title in error.matches)
    return t(
        "El código {ref} está en varias actividades; diga cuál por su id:{choices}", ref=error.ref, choices=choices
    )


def _refused(error: Any) -> str:
    return t(
        "«{value}» no sirve para {field}: se espera {expected}.",
        value=shorten(error.value),
        field=field_label("", error.field),
        expected=t(_EXPECTED.get(error.expected, error.expected)),
    )


def _field_unknown(error: Any) -> str:
    if not error.choices:
        return t("El campo «{field}» no se puede poner aquí.", field=shorten(error.field))
    return t(
        "El campo «{field}» no existe. Se puede poner: {choices}.",
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


def _cut_off(error: Any) -> str:
    if not error.line:
        return t("El archivo está cortado; pida que lo envíen de nuevo. No se aplicó nada.")
    return t(
        "El archivo está cortado en la línea {line}; pida que lo envíen de nuevo. No se aplicó nada.", line=error.line
    )


_WORDING: dict[type, Callable[[Any], str]] = {
    errors.NotFound: lambda e: t("No hay nada con la referencia «{ref}» en el plan.", ref=shorten(e.ref)),
    errors.CodeIsAmbiguous: _ambiguous,
    errors.ValueRefused: _refused,
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
    errors.MeetingNotPlanned: lambda e: t("Esa reunión ya empezó."),
    errors.MeetingUnknown: lambda e: t("No hay ninguna reunión abierta; empiece una con gealc meeting begin."),
    errors.NoIdentity: lambda e: t("Falta decir quién usa esta copia: gealc init --name NOMBRE --country PAÍS."),
    errors.IdentityLost: lambda e: t(
        "La clave de esta copia no está en su carpeta (¿se copió sólo la base?)."
        " Con gealc init empieza una identidad nueva."
    ),
    errors.PersonUnknown: lambda e: t(
        "No se conoce a nadie con el identificador «{replica}».", replica=shorten(e.replica)
    ),
    errors.NotAccepted: lambda e: t("Primero hay que aceptar a esa persona ({replica}).", replica=e.replica[:8]),
    errors.CannotBlockSelf: lambda e: t("Nadie puede bloquearse a sí mismo."),
    errors.Stopped: lambda e: t("Se detuvo: no se cambió nada."),
    errors.NoTerminal: lambda e: t("Esto necesita una terminal; vea gealc --help."),
    errors.EditorMissing: lambda e: (
        t("No se encuentra el editor «{command}» (variable VISUAL o EDITOR). Aquí se puede seguir.", command=e.command)
        if e.command
        else t("No hay otro editor elegido: se elige con la variable VISUAL o EDITOR. Aquí se puede seguir.")
    ),
    errors.EditorFailed: lambda e: t(_EDITOR[e.reason], path=e.path),
    errors.BrowserMissing: lambda e: t(
        "Para abrirlo en un navegador falta una parte del programa: pip install 'gealc-tui[serve]'."
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
    errors.FileUnwritable: lambda e: t(
        "No se puede escribir {path}: {reason}.", path=e.path, reason=t(_REASON[e.reason])
    ),
    errors.FolderUnreachable: lambda e: t(
        "No se puede usar la carpeta compartida {place}: {reason}.", place=shorten(e.place), reason=t(_FOLDER[e.reason])
    ),
    errors.FolderAddress: lambda e: t(
        "«{place}» no es una carpeta compartida. Escriba una ruta, o una dirección que empiece con {choices}.",
        place=shorten(e.place),
        choices=", ".join(f"{one}://" for one in e.choices),
    ),
    errors.CarrierMissing: lambda e: t(
        "Para carpetas {scheme}:// falta un complemento. Instálelo con: pip install 'gealc-tui[carriers]'",
        scheme=e.scheme,
    ),
    errors.BackupFailed: lambda e: t(
        "No se pudo hacer la copia de respaldo en {path}: {reason}. Sin copia no se recibe ni se restaura nada.",
        path=e.path,
        reason=t(_REASON[e.reason]),
    ),
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
    errors.TooLarge: lambda e: t("El archivo no se acepta: {limit}. No se aplicó nada.", limit=t(_LIMIT[e.limit])),
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


def cloud_sentence(keeper: str, folder: object) -> str:
    """What is said of a copy that lies in a folder of a program that synchronises files."""
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
