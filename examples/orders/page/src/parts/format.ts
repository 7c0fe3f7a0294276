const money = new Intl.NumberFormat("en-IE", { style: "currency", currency: "EUR" });
const sameYear = new Intl.DateTimeFormat("en-IE", { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat("en-IE", { dateStyle: "medium", timeStyle: "short" });
const bytes = new Intl.NumberFormat("en-IE", { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const formatMoney = (cents: number): string => money.format(cents / 100);
export const formatSize = (count: number): string => bytes.format(Math.max(1, count / 1_000));
export const formatMoment = (moment: string): string => full.format(new Date(moment));

/** How long ago, while that is what people would say; the day after that. */
export function formatAge(moment: string, now = Date.now()): string {
  const age = now - Date.parse(moment);
  if (age < MINUTE_MS) return "just now";
  if (age < 60 * MINUTE_MS) return `${Math.floor(age / MINUTE_MS)} min ago`;
  if (age < DAY_MS) return `${Math.floor(age / (60 * MINUTE_MS))} h ago`;
  return sameYear.format(new Date(moment));
}
