"""Made-up people, as they fill the files."""

from collections.abc import Iterator

HEADER = ("First Name", "Last Name", "Company", "Email")
PEOPLE = (
    ("Asha", "Rao", "Ganga Solar", "asha.rao@example.com"),
    ("Jonas", "Weber", "Weber & Sohn", "jonas.weber@example.org"),
    ("Meera", "Das", "Peepal Learning", "meera.das@example.com"),
    ("Claire", "Dubois", "Atelier Nord", "claire.dubois@example.org"),
    ("Tom", "Baker", "Harbour Freight Lines", "tom.baker@example.com"),
)
UMLAUTS = (
    ("Jürgen", "Weiß", "Bäckerei Grün", "juergen.weiss@example.org"),
    ("Zoë", "Müller", "Möbel Köhler", "zoe.mueller@example.org"),
    ("André", "Lefèvre", "Société Générale de Thé", "andre.lefevre@example.org"),
    ("Käthe", "Schröder", "Straßenbau Süd", "kaethe.schroeder@example.org"),
)
FIRST = ("Asha", "Ravi", "Meera", "Jonas", "Lena", "Tom", "Claire", "Diego", "Aiko", "Nadia")
LAST = ("Rao", "Iyer", "Das", "Weber", "Vogel", "Baker", "Dubois", "Morales", "Tanaka", "Haddad",
        "Okafor")  # fmt: skip
FIRMS = ("Ganga Solar", "Peepal Learning", "Weber Maschinen", "Harbour Lines", "Atelier Nord",
         "Casa Verde", "Kumo Works")  # fmt: skip


def visitors(count: int) -> Iterator[tuple[str, str, str, str]]:
    """As many different ones as are wanted: first and last name, firm, e-mail."""
    for number in range(count):
        first, last = FIRST[number % len(FIRST)], LAST[number % len(LAST)]
        mail = f"{first.lower()}.{last.lower()}{number}@example.com"
        yield first, last, FIRMS[number % len(FIRMS)], mail
