"""Runs the migrations over a connection that is handed in; knows no model, so that old steps keep their meaning."""

from alembic import context

config = context.config


def included(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Leave out the search index, which is derived from the records and made by the program itself."""
    return not (kind == "table" and (name or "").startswith("search_"))


def run() -> None:
    """Upgrade, or compare, within the caller's connection."""
    context.configure(
        connection=config.attributes["connection"],
        target_metadata=config.attributes.get("target_metadata"),
        include_object=included,
        render_as_batch=True,
        render_item=config.attributes.get("render_item"),
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
