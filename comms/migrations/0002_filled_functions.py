"""What PostgreSQL calls filled, for the CHECKs of the cover sheet (R77).

Blanks, punctuation, symbols and invisible characters are taken away first; what is left must be at least three
characters with a letter among them, no single repeated character, and not made of words that only fill a box.
The bodies are written in the standard form (`RETURN`), so a restored dump finds what they call.
"""

from django.db import migrations

#: Everything that says nothing: ASCII and Latin punctuation, combining marks, fillers, symbols, private use, tags.
SAYS_NOTHING = (
    r"[\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7"
    r"\u02B0-\u036F\u0483-\u0489\u115F\u1160\u17B4\u17B5\u180B-\u180F\u1AB0-\u1AFF\u1DC0-\u1DFF\u2000-\u2BFF"
    r"\u2E00-\u2E7F\u3000-\u303F\u3164\uE000-\uF8FF\uFE00-\uFE2F\uFEFF\uFFA0\uFFF0-\uFFFF"
    r"\U0001D173-\U0001D17A\U0001F000-\U0001FAFF\U000E0000-\U000E0FFF]"
)
FILLERS = (
    "nvt", "nogintevullen", "nogteschrijven", "nogtebepalen", "niet", "van", "toepassing", "niettoepasselijk", "geen",
    "leeg", "na", "tbd", "tbc", "todo", "pm", "promemorie", "volgt", "zie", "boven", "hierboven", "onder", "hieronder",
    "bijlage", "tekst", "titel", "samenvatting", "vorige", "idem", "ditto", "onbekend", "test", "invullen", "none",
    "null", "see", "above", "below", "not", "applicable", "unknown", "asdf", "qwerty", "blabla", "lorem", "ipsum",
)  # fmt: skip

IS_FILLED = f"""
CREATE FUNCTION comms_is_filled(value text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT length(said) >= 3 AND said ~ '[^0-9]' AND said !~ '^(.)\\1*$' AND said !~ '^({"|".join(FILLERS)})+$'
    FROM regexp_replace(lower(normalize(coalesce(value, ''), NFKC)), '{SAYS_NOTHING}', '', 'g') AS said
);
"""
ARE_POINTS_FILLED = """
CREATE FUNCTION comms_are_points_filled(points text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT count(*) BETWEEN 1 AND 5 AND coalesce(bool_and(comms_is_filled(point)), false) FROM unnest(points) AS point
);
"""
ARE_ACTIONS_FILLED = r"""
CREATE FUNCTION comms_are_actions_filled(actions jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT count(*) >= 1 AND coalesce(bool_and(
        jsonb_typeof(one) = 'object'
        AND coalesce(one ->> 'audience', '') ~ '^[a-z0-9-]{1,80}$'
        AND comms_is_filled(one ->> 'action')
        AND coalesce(one ->> 'deadline', '') ~ '^(direct|doorlopend|[0-9]{4}-[0-9]{2}-[0-9]{2})$'
        AND coalesce(one ->> 'effort', '') IN ('uur', 'dag', 'week', 'project')
    ), false)
    FROM jsonb_array_elements(CASE WHEN jsonb_typeof(actions) = 'array' THEN actions ELSE '[]' END) AS one
);
"""


class Migration(migrations.Migration):
    """Make the functions that the constraints call."""

    dependencies = [("comms", "0001_initial")]
    operations = [
        migrations.RunSQL(IS_FILLED, "DROP FUNCTION comms_is_filled(text)"),
        migrations.RunSQL(ARE_POINTS_FILLED, "DROP FUNCTION comms_are_points_filled(text[])"),
        migrations.RunSQL(ARE_ACTIONS_FILLED, "DROP FUNCTION comms_are_actions_filled(jsonb)"),
    ]
