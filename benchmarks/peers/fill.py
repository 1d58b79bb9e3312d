"""Fill the peers with everything that the portal shows on Dutch pages, to whomever: `python -m peers.fill`.

The rows come from our own documents in the same database. Written in SQL, because a hundred thousand
pages through the page tree of Wagtail take an hour.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peers.settings")

DUTCH = "'nl' = ANY(languages)"
PUBLIC = "'public' = ANY(visibility)"
#: Wagtail numbers the children of a page with four characters of this alphabet.
BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP = " || ".join(f"substr('{BASE_36}', (number / {36**place} % 36)::int + 1, 1)" for place in (3, 2, 1, 0))


def main() -> None:
    """Make the schema, and both lists."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS peers")
    call_command("migrate", verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE source AS
            SELECT *, row_number() OVER (ORDER BY id) AS number FROM public.search_document WHERE {DUTCH};
            INSERT INTO peers_value (facet, slug, label, "order")
            SELECT split_part(word, ':', 1), split_part(word, ':', 2), split_part(word, ':', 2), row_number() OVER ()
            FROM (SELECT DISTINCT unnest(facets) AS word FROM source ORDER BY 1) AS words;
            INSERT INTO peers_item (id, title, summary, url, date, is_public, words)
            SELECT id, title, summary, url, sort_date, {PUBLIC}, to_tsvector('dutch', title || ' ' || summary)
            FROM source;
            """
        )
        fill_pages(cursor)
        fill_links(cursor)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_pages(cursor) -> None:
    """Make the list page with one child through Wagtail, and the other children as copies of that one."""
    from datetime import date

    from django.contrib.contenttypes.models import ContentType
    from peers.models import ItemPage, ListingPage
    from wagtail.models import Page, Site

    root = Page.objects.get(depth=1)
    top = root.add_child(instance=ListingPage(title="Overzicht", slug="overzicht"))
    for slug, kind in (("partners", "organisatie"), ("informatie", "publicatie")):
        top.add_child(instance=ListingPage(title=slug.title(), slug=slug, kind=kind))
    Site.objects.update(root_page=top)
    example = top.add_child(instance=ItemPage(title="Voorbeeld", slug="voorbeeld", summary="-", date=date(2000, 1, 1)))
    own = {
        "id": "example.id + number",
        "path": f"'{top.path}' || {STEP}",
        "title": "source.title",
        "draft_title": "source.title",
        "slug": "'item-' || source.id",
        "live": PUBLIC,
        "url_path": "'/overzicht/item-' || source.id || '/'",
        "translation_key": "gen_random_uuid()",
    }
    columns = [field.column for field in Page._meta.local_concrete_fields]
    cursor.execute(
        f"""
        UPDATE source SET number = number + 3;
        INSERT INTO wagtailcore_page ({", ".join(columns)})
        SELECT {", ".join(own.get(column, f"example.{column}") for column in columns)}
        FROM source, wagtailcore_page AS example WHERE example.id = {example.pk};
        INSERT INTO peers_itempage (page_ptr_id, summary, date)
        SELECT {example.pk} + number, summary, sort_date FROM source;
        UPDATE wagtailcore_page SET numchild = (SELECT count(*) + 3 FROM source) WHERE id = {top.pk};
        INSERT INTO wagtailsearch_indexentry
            (content_type_id, object_id, title_norm, autocomplete, title, body, title_text, body_text)
        SELECT {ContentType.objects.get_for_model(ItemPage).pk}, ({example.pk} + number)::text, 1,
               to_tsvector('simple', title), setweight(to_tsvector('dutch', title), 'A'),
               to_tsvector('dutch', summary), title, summary
        FROM source;
        ALTER TABLE source ADD COLUMN page_id bigint;
        UPDATE source SET page_id = {example.pk} + number;
        UPDATE wagtailcore_page SET live = false WHERE id = {example.pk};
        """
    )


def fill_links(cursor) -> None:
    """Hang the values of the facets on both."""
    from peers.facets import FACETS

    for facet in FACETS:
        for table, column, key in (("item", "item_id", "id"), ("itempage", "itempage_id", "page_id")):
            cursor.execute(
                f"""
                INSERT INTO peers_{table}_{facet} ({column}, value_id)
                SELECT linked.key, peers_value.id
                FROM (SELECT {key} AS key, unnest(facets) AS word FROM source) AS linked
                JOIN peers_value ON facet = '{facet}' AND word = '{facet}:' || slug
                """
            )


if __name__ == "__main__":
    main()
