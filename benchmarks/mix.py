"""The addresses of a visitor's day: filters, words, pages, orders, kinds and both languages."""

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
    "/?rol=isac",
    "/?sector=zorg&functie=oefenen",
    "/partners/",
    "/partners/?regio=utrecht",
    "/partners/?pagina=4",
    "/?pagina=3",
    "/?sorteer=naam",
    "/?q=oefent&regio=groningen",
    "/initiatieven/",
    "/?regio=groningen&functie=incidentafhandeling",
    "/partners/?sector=energie",
]
EMPTY_VIEW = "/gezond/live"
PLAIN = [f"/plain{path}" for path in MIX]
