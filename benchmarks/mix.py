"""The addresses of a visitor's day: filters, words, pages, orders and kinds."""

MIX = [
    "/",
    "/?regio=zeeland",
    "/?sector=zorg",
    "/?regio=zeeland&regio=saba&sector=zorg",
    "/?functie=informatiedeling",
    "/?q=ransomware",
    "/?q=zorg+zeeland",
    "/?q=waarschuwingen",
    "/?pps=publiek",
    "/?soort=kwetsbaarheid&doelgroep=private-partners",
    "/informatie/?thema=nis2",
    "/partners/",
    "/partners/?regio=utrecht",
    "/informatie/?pagina=4",
    "/?pagina=3",
    "/?sorteer=naam",
    "/?q=oefent&regio=groningen",
    "/informatie/",
    "/?regio=groningen&functie=incidentafhandeling",
    "/informatie/?soort=analyse&fase=lauw&sector=energie",
]
EMPTY_VIEW = "/gezond/live"
PLAIN = [f"/plain{path}" for path in MIX]
