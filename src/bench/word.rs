//! The words that invented articles are made of.

/// Countries by their weight in the news: code and name.
pub(super) const COUNTRIES: &[(&str, &str)] = &[
    ("USA", "the United States"),
    ("RUS", "Russia"),
    ("CHN", "China"),
    ("ISR", "Israel"),
    ("UKR", "Ukraine"),
    ("IRN", "Iran"),
    ("GBR", "the United Kingdom"),
    ("FRA", "France"),
    ("DEU", "Germany"),
    ("TUR", "Turkey"),
    ("IND", "India"),
    ("PAK", "Pakistan"),
    ("SYR", "Syria"),
    ("JPN", "Japan"),
    ("KOR", "South Korea"),
    ("PRK", "North Korea"),
    ("SAU", "Saudi Arabia"),
    ("EGY", "Egypt"),
    ("IRQ", "Iraq"),
    ("AFG", "Afghanistan"),
    ("AUS", "Australia"),
    ("ITA", "Italy"),
    ("POL", "Poland"),
    ("BRA", "Brazil"),
    ("VEN", "Venezuela"),
    ("QAT", "Qatar"),
    ("LBN", "Lebanon"),
    ("ZAF", "South Africa"),
    ("NGA", "Nigeria"),
    ("SDN", "Sudan"),
    ("ETH", "Ethiopia"),
    ("MEX", "Mexico"),
    ("CAN", "Canada"),
    ("ESP", "Spain"),
    ("GRC", "Greece"),
    ("SRB", "Serbia"),
    ("HUN", "Hungary"),
    ("NLD", "the Netherlands"),
    ("SWE", "Sweden"),
    ("FIN", "Finland"),
    ("NOR", "Norway"),
    ("BLR", "Belarus"),
    ("GEO", "Georgia"),
    ("ARM", "Armenia"),
    ("AZE", "Azerbaijan"),
    ("KAZ", "Kazakhstan"),
    ("UZB", "Uzbekistan"),
    ("JOR", "Jordan"),
    ("ARE", "the United Arab Emirates"),
    ("YEM", "Yemen"),
    ("LBY", "Libya"),
    ("DZA", "Algeria"),
    ("MAR", "Morocco"),
    ("TUN", "Tunisia"),
    ("KEN", "Kenya"),
    ("UGA", "Uganda"),
    ("RWA", "Rwanda"),
    ("COD", "the Democratic Republic of the Congo"),
    ("SOM", "Somalia"),
    ("MLI", "Mali"),
    ("NER", "Niger"),
    ("GHA", "Ghana"),
    ("SEN", "Senegal"),
    ("CIV", "Ivory Coast"),
    ("VNM", "Vietnam"),
    ("PHL", "the Philippines"),
    ("IDN", "Indonesia"),
    ("MYS", "Malaysia"),
    ("SGP", "Singapore"),
    ("THA", "Thailand"),
    ("MMR", "Myanmar"),
    ("BGD", "Bangladesh"),
    ("LKA", "Sri Lanka"),
    ("NPL", "Nepal"),
    ("NZL", "New Zealand"),
    ("ARG", "Argentina"),
    ("CHL", "Chile"),
    ("COL", "Colombia"),
    ("PER", "Peru"),
    ("ECU", "Ecuador"),
    ("BOL", "Bolivia"),
    ("CUB", "Cuba"),
    ("HTI", "Haiti"),
    ("NIC", "Nicaragua"),
    ("GTM", "Guatemala"),
    ("PAN", "Panama"),
    ("ROU", "Romania"),
    ("BGR", "Bulgaria"),
    ("CZE", "the Czech Republic"),
    ("AUT", "Austria"),
    ("CHE", "Switzerland"),
    ("BEL", "Belgium"),
    ("DNK", "Denmark"),
    ("IRL", "Ireland"),
    ("PRT", "Portugal"),
    ("HRV", "Croatia"),
    ("BIH", "Bosnia and Herzegovina"),
    ("ALB", "Albania"),
    ("MDA", "Moldova"),
    ("LTU", "Lithuania"),
    ("LVA", "Latvia"),
    ("EST", "Estonia"),
];

/// Given names.
pub(super) const GIVEN: &[&str] = &[
    "Ada", "Adil", "Agnes", "Ahmad", "Akira", "Alan", "Amara", "Andrei", "Anna", "Arjun", "Ayla",
    "Boris", "Carla", "Chen", "Clara", "Daniel", "Daria", "David", "Elena", "Emeka", "Emil",
    "Farid", "Fatima", "Felix", "Gita", "Goran", "Hana", "Hassan", "Helga", "Hugo", "Ibrahim",
    "Ingrid", "Irina", "Ivan", "Jamal", "Jorge", "Julia", "Karim", "Kofi", "Laila", "Lars", "Lena",
    "Lin", "Lucas", "Maria", "Marko", "Mei", "Milan", "Nadia", "Noor", "Olga", "Omar", "Paolo",
    "Petra", "Rafael", "Rana", "Sami", "Sofia", "Tariq", "Vera",
];

/// Beginnings of family names.
pub(super) const FAMILY_HEADS: &[&str] = &[
    "Abdul", "Ader", "Balan", "Bar", "Bel", "Bogd", "Cald", "Cast", "Chand", "Dal", "Dem", "Dran",
    "Ebr", "Eren", "Fal", "Ferr", "Gal", "Ghar", "Gor", "Had", "Hal", "Hol", "Ibar", "Jan", "Kal",
    "Kam", "Kov", "Lam", "Lor", "Mar", "Mel", "Mor", "Nav", "Ner", "Ost", "Pal", "Rad", "Sav",
    "Tar", "Vol",
];

/// Ends of family names.
pub(super) const FAMILY_TAILS: &[&str] = &[
    "a", "adi", "aev", "ahi", "ak", "ala", "alis", "and", "ani", "ano", "ar", "ard", "arov", "as",
    "atto", "av", "dar", "den", "dez", "eld", "ell", "en", "enko", "er", "ero", "es", "ev", "ez",
    "i", "ian", "ic", "idze", "in", "ini", "ira", "is", "man", "o", "os", "ovic",
];

/// What groups and organisations are called by.
pub(super) const CAUSES: &[&str] = &[
    "Accord", "Border", "Coast", "Delta", "Eastern", "Free", "Harbour", "Highland", "Island",
    "Liberty", "National", "New", "Northern", "People's", "River", "Southern", "Trade", "United",
    "Valley", "Western",
];

/// What an act is about.
pub(super) const TOPICS: &[&str] = &[
    "the border",
    "the ceasefire",
    "the prisoners",
    "gas supplies",
    "grain exports",
    "the nuclear programme",
    "the peace plan",
    "the sanctions",
    "fishing rights",
    "the elections",
    "arms deliveries",
    "the refugees",
    "trade tariffs",
    "the hostages",
    "the strait",
    "debt relief",
    "the treaty",
    "climate aid",
];

/// Places with the code of their country.
pub(super) const PLACES: &[(&str, &str)] = &[
    ("Geneva", "CHE"),
    ("Vienna", "AUT"),
    ("New York", "USA"),
    ("Moscow", "RUS"),
    ("Beijing", "CHN"),
    ("Cairo", "EGY"),
    ("Doha", "QAT"),
    ("Istanbul", "TUR"),
    ("Brussels", "BEL"),
    ("Addis Ababa", "ETH"),
    ("Tehran", "IRN"),
    ("Kyiv", "UKR"),
    ("Riyadh", "SAU"),
    ("Paris", "FRA"),
    ("New Delhi", "IND"),
];

/// Who reports, in the words of the text.
pub(super) const WITNESSES: &[&str] = &[
    "the Kremlin",
    "the foreign ministry",
    "a spokesman",
    "two diplomats",
    "state television",
    "the White House",
    "the presidency",
];

/// Outlets.
pub(super) const OUTLETS: &[&str] = &[
    "Example Wire",
    "Morning Courier",
    "Harbour Times",
    "The Observer of the East",
    "Central Press",
    "Daily Ledger",
    "Northern Post",
    "Evening Despatch",
    "World Radio",
    "The Gazette",
    "Southern Star",
    "Capital Report",
];

/// Sentences that tell no act.
pub(super) const FILLERS: &[&str] = &[
    "Officials gave no further details.",
    "The announcement had been expected for weeks.",
    "Markets in the region hardly moved.",
    "The subject has occupied both capitals since the spring.",
    "Analysts were divided over what it means.",
];

/// What a report rests on: readouts, agencies, sides.
pub(super) const ORIGINS: &[&str] = &[
    "agency:reuters",
    "agency:afp",
    "agency:tass",
    "agency:xinhua",
    "readout:RUS",
    "readout:USA",
    "side:ISR",
    "side:IRN",
];
