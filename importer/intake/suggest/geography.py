"""Countries and regions as people write them: by CLDR's names in six languages, and some tables."""

from functools import cache

from importer.intake.suggest.plain import plain

LANGUAGES = ("en", "de", "fr", "es", "pt", "hi")
# What people write and CLDR does not have; in plain words.
WRITTEN = {
    "usa": "US",
    "u s a": "US",
    "u s": "US",
    "us": "US",
    "america": "US",
    "united states of america": "US",
    "the united states": "US",
    "estados unidos de america": "US",
    "eeuu": "US",
    "ee uu": "US",
    "eua": "US",
    "etats unis d amerique": "US",
    "uk": "GB",
    "u k": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "britain": "GB",
    "grossbritannien": "GB",
    "england uk": "GB",
    "inglaterra": "GB",
    "angleterre": "GB",
    "gran bretana": "GB",
    "gra bretanha": "GB",
    "uae": "AE",
    "u a e": "AE",
    "emirates": "AE",
    "dubai": "AE",
    "vae": "AE",
    "eau": "AE",
    "holland": "NL",
    "the netherlands": "NL",
    "hollande": "NL",
    "holanda": "NL",
    "paises bajos": "NL",
    "korea": "KR",
    "south korea": "KR",
    "republic of korea": "KR",
    "russia": "RU",
    "russian federation": "RU",
    "czech republic": "CZ",
    "tschechische republik": "CZ",
    "republique tcheque": "CZ",
    "vietnam": "VN",
    "viet nam": "VN",
    "taiwan": "TW",
    "hong kong": "HK",
    "macau": "MO",
    "turkey": "TR",
    "ksa": "SA",
    "kingdom of saudi arabia": "SA",
    "bharat": "IN",
    "hindustan": "IN",
    "brd": "DE",
    "allemagne": "DE",
    "ivory coast": "CI",
    "burma": "MM",
    "iran": "IR",
    "syria": "SY",
    "laos": "LA",
    "bolivia": "BO",
    "venezuela": "VE",
    "tanzania": "TZ",
    "moldova": "MD",
    "macedonia": "MK",
    "cape verde": "CV",
    "swaziland": "SZ",
    "rsa": "ZA",
    "prc": "CN",
    "china prc": "CN",
    "people s republic of china": "CN",
    "roi": "IE",
    "republic of ireland": "IE",
    "eire": "IE",
    "suisse": "CH",
    "schweiz": "CH",
    "brasil": "BR",
    "nz": "NZ",
    "federal republic of germany": "DE",
    "bundesrepublik deutschland": "DE",
    "mejico": "MX",
    "phillipines": "PH",
}
# ISO 3166-1 alpha-3 of countries that lists are of; alpha-2 is CLDR's own.
THREE = {
    "USA": "US",
    "GBR": "GB",
    "IND": "IN",
    "DEU": "DE",
    "FRA": "FR",
    "ESP": "ES",
    "PRT": "PT",
    "BRA": "BR",
    "MEX": "MX",
    "ARG": "AR",
    "CHL": "CL",
    "COL": "CO",
    "PER": "PE",
    "AUT": "AT",
    "CHE": "CH",
    "BEL": "BE",
    "NLD": "NL",
    "ITA": "IT",
    "CAN": "CA",
    "AUS": "AU",
    "NZL": "NZ",
    "SGP": "SG",
    "ARE": "AE",
    "SAU": "SA",
    "ZAF": "ZA",
    "JPN": "JP",
    "CHN": "CN",
    "KOR": "KR",
    "SWE": "SE",
    "NOR": "NO",
    "DNK": "DK",
    "FIN": "FI",
    "POL": "PL",
    "CZE": "CZ",
    "IRL": "IE",
    "TUR": "TR",
    "RUS": "RU",
    "UKR": "UA",
    "NPL": "NP",
    "BGD": "BD",
    "LKA": "LK",
    "PAK": "PK",
    "MYS": "MY",
    "THA": "TH",
    "IDN": "ID",
    "PHL": "PH",
    "VNM": "VN",
    "HKG": "HK",
    "NGA": "NG",
    "KEN": "KE",
    "EGY": "EG",
    "ISR": "IL",
    "GRC": "GR",
    "HUN": "HU",
    "ROU": "RO",
    "LUX": "LU",
}
# Signs of cars and of letters, where they are not ISO's: only among countries.
CAR_CODES = {
    "D": "DE",
    "A": "AT",
    "F": "FR",
    "I": "IT",
    "E": "ES",
    "P": "PT",
    "B": "BE",
    "L": "LU",
    "S": "SE",
    "N": "NO",
    "H": "HU",
    "FL": "LI",
    "GER": "DE",
    "SUI": "CH",
    "NED": "NL",
}
STATES = """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia
    hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts
    michigan minnesota mississippi missouri montana nebraska nevada new_hampshire new_jersey
    new_mexico new_york north_carolina north_dakota ohio oklahoma oregon pennsylvania
    rhode_island south_carolina south_dakota tennessee texas utah vermont virginia washington
    west_virginia wisconsin wyoming district_of_columbia puerto_rico andhra_pradesh
    arunachal_pradesh assam bihar chhattisgarh goa gujarat haryana himachal_pradesh jharkhand
    karnataka kerala madhya_pradesh maharashtra manipur meghalaya mizoram nagaland odisha orissa
    punjab rajasthan sikkim tamil_nadu tamilnadu telangana tripura uttar_pradesh uttarakhand
    west_bengal delhi new_delhi jammu_and_kashmir ladakh puducherry chandigarh महाराष्ट्र
    कर्नाटक गुजरात दिल्ली राजस्थान बिहार पंजाब केरल उत्तर_प्रदेश मध्य_प्रदेश तमिलनाडु हरियाणा
    तेलंगाना झारखंड असम ओडिशा पश्चिम_बंगाल baden_wurttemberg bayern bavaria berlin brandenburg
    bremen hamburg hessen hesse mecklenburg_vorpommern niedersachsen nordrhein_westfalen nrw
    rheinland_pfalz saarland sachsen saxony sachsen_anhalt schleswig_holstein thuringen wien
    niederosterreich oberosterreich steiermark tirol salzburg karnten vorarlberg burgenland
    zurich bern luzern genf geneve vaud waadt aargau basel basel_stadt st_gallen zug ticino
    tessin wallis valais fribourg graubunden ontario quebec british_columbia alberta manitoba
    saskatchewan nova_scotia new_brunswick newfoundland new_south_wales victoria queensland
    south_australia western_australia tasmania madrid barcelona valencia sevilla andalucia
    cataluna catalunya galicia pais_vasco aragon murcia asturias canarias castilla_y_leon
    castilla_la_mancha extremadura navarra cantabria la_rioja baleares vizcaya bizkaia malaga
    alicante zaragoza sao_paulo rio_de_janeiro minas_gerais bahia parana santa_catarina
    rio_grande_do_sul pernambuco ceara goias distrito_federal espirito_santo amazonas para
    mato_grosso lisboa porto braga coimbra faro aveiro setubal leiria jalisco nuevo_leon cdmx
    ciudad_de_mexico puebla yucatan queretaro guanajuato veracruz estado_de_mexico chihuahua
    sonora cundinamarca antioquia valle_del_cauca buenos_aires cordoba santa_fe mendoza lima
    ile_de_france auvergne_rhone_alpes provence_alpes_cote_d_azur occitanie nouvelle_aquitaine
    bretagne normandie hauts_de_france grand_est pays_de_la_loire bourgogne_franche_comte
    centre_val_de_loire corse rhone alsace aquitaine england scotland wales greater_london
    lancashire kent essex surrey yorkshire west_midlands sussex hampshire"""
CODES = """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
    NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR MH KA GJ DL TN TS TG AP KL UP
    MP RJ PB HR BR WB OR OD AS JH CG UK HP GA BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH ON
    QC BC AB MB SK NS NB NL NSW VIC QLD SA TAS ACT SP RJ MG BA PR SC RS PE CE GO DF ES AM PA MT
    MS ZH GE VD AG SG LU TI"""


def country_code(text: str) -> str:
    """
    ISO 3166-1 alpha-2 of the country that is named; "" for none."""
    text = text.strip().strip(".")
    if len(text) == 3 and text.upper() in THREE and (text.isupper() or text.islower()):
        return THREE[text.upper()]
    words = plain(text)
    if len(text) == 2 and text.isascii() and text.isupper() and text in _territories():
        return text
    return WRITTEN.get(words) or _names().get(words, "")


def english_name(code: str) -> str:
    return _territories().get(code, "")


def is_state(text: str) -> bool:
    stripped = text.strip()
    return plain(stripped) in _states() or (stripped.isupper() and stripped in _codes())


def numbers_code(code: str) -> str:
    """
    As `country_code`, of a number that a list has no country for."""
    return code if code in _territories() else ""


@cache
def _territories() -> dict[str, str]:
    return _of("en")


def _of(language: str) -> dict[str, str]:
    from babel import Locale

    names = Locale(language).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in _of(language).items():
            found.setdefault(plain(name), code)
    return found


@cache
def _states() -> frozenset[str]:
    return frozenset(plain(name.replace("_", " ")) for name in STATES.split())


@cache
def _codes() -> frozenset[str]:
    return frozenset(CODES.split())
