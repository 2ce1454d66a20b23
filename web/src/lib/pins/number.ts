/** The number in a formatted text, however its writer separates thousands and decimals. */

export const CURRENCY_SIGNS: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY', '₹': 'INR', '₩': 'KRW', '₿': 'BTC' };

const MAGNITUDES: Record<string, number> = { k: 1e3, K: 1e3, M: 1e6, B: 1e9, bn: 1e9, T: 1e12 };

// Only where the first number belongs to it: `+9 since 08:00` is nine.
const LOOKS_LIKE_TIME = /^\D*(\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2})/;
// Sign, currency, digits with separators, then a magnitude only where it touches the digits: `5 k` may be kelvin.
const NUMBER = /(?<![\w.,])(?=\S)([-+]?)\s*(?:([$€£¥₹₩₿])\s*)?([-+]?)(\d(?:[\d.,' ]*\d)?)(e[-+]?\d+)?(bn|[kKMBT])?(?!\w)/;

/** The first number in `value`, or undefined: `"$12,450"` is 12450, `"−8.9 %"` is −8.9, `"1.2M"` is 1200000. */
export function numberOf(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	// A longer text is prose, and prose is not a figure.
	if (typeof value !== 'string' || value.length > 80) return undefined;
	const text = value
		.replace(/[\u2212\u2013](?=\s*[$€£¥₹₩₿]?\s*\d)/g, '-')
		.replace(/[\u00a0\u202f\u2009]/g, ' ')
		.replace(/’/g, "'")
		.trim();
	if (LOOKS_LIKE_TIME.test(text)) return undefined;
	const found = NUMBER.exec(text);
	if (!found) return undefined;
	const [, sign, currency, innerSign, digits = '', exponent = '', magnitude = ''] = found;
	const size = readDigits(digits);
	// `512B` is bytes; `$1.2B` is money.
	if (size === undefined || (magnitude === 'B' && !currency)) return size;
	const negative = sign === '-' || innerSign === '-' || /^\(.*\)$/.test(text);
	const number = Number(`${size}${exponent}`) * (MAGNITUDES[magnitude] ?? 1);
	return negative ? -number : number;
}

function readDigits(digits: string): number | undefined {
	const plain = digits.replace(/[' ](?=\d{3}(?!\d))/g, '');
	const first = /^\d+/.exec(plain)?.[0] ?? '';
	// `3 of 5` and `12 34` hold several numbers: the first one counts.
	if (/[' ]/.test(plain)) return Number(first);
	const separators = [...plain.matchAll(/[.,]/g)].map((match) => match[0]);
	if (separators.length === 0) return Number(plain);
	const last = separators[separators.length - 1] ?? '';
	if (separators.length === 1) return Number(groupsThousands(plain, last) ? plain.replace(',', '') : plain.replace(',', '.'));
	if (separators.every((separator) => separator === last))
		return /^\d{1,3}([.,]\d{3})+$/.test(plain) ? Number(plain.replace(/[.,]/g, '')) : undefined;
	const whole = plain.slice(0, plain.lastIndexOf(last));
	if (whole.includes(last)) return undefined;
	return Number(`${whole.replace(/[.,]/g, '')}.${plain.slice(plain.lastIndexOf(last) + 1)}`);
}

/** A single comma before three digits groups; a single point never does, since JSON and most programs write it so. */
function groupsThousands(plain: string, separator: string): boolean {
	return separator === ',' && /^[1-9]\d{0,2},\d{3}$/.test(plain);
}
