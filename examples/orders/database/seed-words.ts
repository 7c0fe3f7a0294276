/** A shop of the seed: what it sells at what price in cents, and who works there. */
export interface SeedShop {
  readonly id: string;
  readonly name: string;
  readonly orders: number;
  readonly customers: number;
  readonly products: readonly (readonly [sku: string, name: string, priceCents: number])[];
  readonly staff: readonly (readonly [name: string, email: string, role: "clerk" | "manager"])[];
}

/** The password of everybody in the seed. */
export const SEED_PASSWORD = "order-desk";

export const SEED_SHOPS: readonly SeedShop[] = [
  {
    id: "harbour",
    name: "Harbour Tea & Coffee",
    orders: 1_400,
    customers: 240,
    staff: [
      ["Maya Lindqvist", "maya@harbour.example", "manager"],
      ["Tom Okafor", "tom@harbour.example", "clerk"],
      ["Ines Duarte", "ines@harbour.example", "clerk"],
    ],
    products: [
      ["TEA-ASM-250", "Assam second flush, 250 g", 1_490],
      ["TEA-DAR-100", "Darjeeling first flush, 100 g", 1_850],
      ["TEA-SEN-100", "Sencha, 100 g", 1_240],
      ["TEA-GEN-100", "Genmaicha, 100 g", 980],
      ["TEA-EAR-250", "Earl Grey, 250 g", 1_320],
      ["TEA-ROO-250", "Rooibos, 250 g", 890],
      ["TEA-MIN-050", "Moroccan mint, 50 g", 560],
      ["TEA-PUE-357", "Pu-erh cake, 357 g", 4_200],
      ["COF-ETH-500", "Ethiopia Yirgacheffe, 500 g", 1_780],
      ["COF-COL-500", "Colombia Huila, 500 g", 1_620],
      ["COF-SUM-500", "Sumatra Mandheling, 500 g", 1_690],
      ["COF-ESP-1000", "House espresso, 1 kg", 2_650],
      ["COF-DEC-500", "Swiss water decaf, 500 g", 1_740],
      ["ACC-POT-800", "Cast iron teapot, 0.8 l", 5_900],
      ["ACC-V60-002", "Pour-over dripper, size 2", 2_300],
      ["ACC-FIL-100", "Paper filters, 100", 620],
      ["ACC-GRI-001", "Hand grinder", 8_900],
      ["ACC-CUP-004", "Stoneware cups, set of 4", 3_600],
    ],
  },
  {
    id: "northlight",
    name: "Northlight Books",
    orders: 500,
    customers: 110,
    staff: [
      ["Jonas Weber", "jonas@northlight.example", "manager"],
      ["Aiko Mori", "aiko@northlight.example", "clerk"],
    ],
    products: [
      ["BK-ATLAS", "Atlas of remote lighthouses", 3_400],
      ["BK-BREAD", "Bread at home", 2_200],
      ["BK-FERN", "A field guide to ferns", 1_900],
      ["BK-KITES", "The kite maker's year", 1_650],
      ["BK-MAPS", "How maps were drawn", 2_850],
      ["BK-NIGHT", "Walking at night", 1_480],
      ["BK-TIDES", "Tides and tables", 1_720],
      ["BK-WOOL", "From wool to cloth", 2_400],
      ["NB-DOT-A5", "Notebook, dotted, A5", 1_150],
      ["NB-LIN-A6", "Notebook, lined, A6", 750],
    ],
  },
];

export const FIRST_NAMES =
  "Ada Amir Anna Ben Carla Chen Daria Elif Emil Farah Felix Grace Hana Hugo Ida Igor Jana Joel Kaya Lars Lea Luca Mara Milan Nadia Nils Nora Omar Paula Priya Rafael Rosa Samir Sofia Tariq Tessa Uma Viktor Wanda Yusuf".split(
    " ",
  );
export const LAST_NAMES =
  "Abadi Andersen Bauer Bianchi Castro Dubois Eriksen Fischer Garcia Haddad Ivanova Jansen Kaplan Keller Kim Lopez Marino Meyer Moreau Nagy Novak Okoye Olsen Peeters Petrov Quinn Rossi Santos Schmidt Silva Tanaka Tóth Urban Vargas Virtanen Wagner Yilmaz Zeman".split(
    " ",
  );
export const CITIES =
  "Aarhus Antwerp Basel Bergen Bologna Bremen Bristol Cork Delft Gdańsk Ghent Graz Lille Lisbon Lyon Malmö Porto Seville Tampere Turin Utrecht Vienna".split(
    " ",
  );
export const NOTES = [
  "Please ring twice.",
  "Gift wrap, no invoice in the parcel.",
  "Leave with the neighbour on the left.",
  "Call before delivery.",
  "Second attempt; the first parcel came back.",
  "Customer asked for a tracking number.",
  "Fragile, use the double box.",
];
