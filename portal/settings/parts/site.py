"""Whose portal this is. Everything here is set by the province that runs it."""

from portal.settings import env

__all__ = ["INDEX_NUMBER_PATTERN", "SITE"]

# Site guideline (国办发〔2017〕47号): SiteName, SiteDomain, SiteIDCode and the footer.
SITE = {
    "place": env.text("SITE_PLACE", "明川省"),
    "name": env.text("SITE_NAME", "政府信息公开"),
    "domain": env.text("SITE_DOMAIN", "gongkai.mingchuan.example"),
    "id_code": env.text("SITE_ID_CODE", "0000000000"),
    "host": env.text("SITE_HOST", "明川省人民政府办公厅"),
    "icp": env.text("SITE_ICP", ""),
    "police": env.text("SITE_POLICE", ""),
    "demonstration": env.flag("DEMO", default=False),
}

# No national rule exists, only uniqueness (domain facts 5.2). Parts: {code} the body's code,
# {organ} nine characters of its unified social credit code (or its code), {uscc}, {division},
# {year}, {month}, {serial}.
INDEX_NUMBER_PATTERN = env.text("INDEX_NUMBER_PATTERN", "{organ}/{year}-{serial:05d}")
