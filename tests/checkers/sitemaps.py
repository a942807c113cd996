"""Sitemaps, held against the schemas that sitemaps.org and Google publish."""

from lxml import etree

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def mistakes(content, schemas):
    """What is wrong with a sitemap, or an index of them, by the schemas in that folder."""
    sitemap = etree.fromstring(content)
    core = "siteindex" if etree.QName(sitemap).localname == "sitemapindex" else "sitemap"
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{(schemas / name).as_uri()}.xsd"/>'
        for namespace, name in ((SITEMAP, core), (NEWS, "sitemap-news"))
    )
    both = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    schema = etree.XMLSchema(etree.fromstring(both))
    schema.validate(sitemap)
    return [f"line {error.line}: {error.message}" for error in schema.error_log]
