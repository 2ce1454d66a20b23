/** Reading a table: its columns, said or inferred, and its rows as they will be shown, sorted, searched and exported. */

import { line, momentOf, NOTHING, type Manner } from '../../format';
import { numberOf } from '../../number';
import { fields, isFields, list, records, text, truth, type Fields } from '../reading';

export const COLUMN_TYPES = ['text', 'number', 'currency', 'percent', 'date', 'boolean', 'badge', 'link', 'image', 'progress', 'sparkline'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

export interface Column {
	id: string;
	label: string;
	type: ColumnType;
	align: 'left' | 'right' | 'center';
	width: string | undefined;
	manner: Manner;
	goodWhen: unknown;
	/** What a full progress bar means. */
	most: number;
}

export interface Row {
	/** Stays the same when the row moves, so that a changed cell is known for one. */
	key: string;
	cells: Fields;
}

export interface Table {
	columns: Column[];
	rows: Row[];
	sortBy: { id: string; falls: boolean } | undefined;
	pageSize: number | undefined;
}

const MOST_COLUMNS = 60;
const SAMPLE = 200; // rows that are looked at to infer a column

export function readTable(config: unknown): Table {
	const written = fields(config);
	const rows = readRows(Array.isArray(config) ? config : (written['rows'] ?? written['data']), list(written['columns']));
	const said = list(written['columns']).slice(0, MOST_COLUMNS).map((column) => (isFields(column) ? column : { id: text(column) }));
	const columns = distinct((said.length > 0 ? said : inferred(rows)).map((column) => readColumn(column, rows)));
	const size = numberOf(written['pageSize']);
	return { columns, rows: keyed(rows, columns), sortBy: sorting(written['sortBy'], written['sortOrder'], columns), pageSize: size && size >= 1 ? Math.floor(size) : undefined };
}

/** Two columns of one id would be one column twice. */
function distinct(columns: Column[]): Column[] {
	return columns.filter((column, at) => column.id !== '' && columns.findIndex((other) => other.id === column.id) === at);
}

/** Rows may be lists too: then the columns name their places. */
function readRows(value: unknown, columns: unknown[]): Fields[] {
	const rows = list(value);
	if (!rows.some(Array.isArray)) return records(rows);
	const ids = columns.map((column, at) => (isFields(column) ? text(column['id']) : text(column)) || String(at));
	return rows.map((row) => (isFields(row) ? row : Object.fromEntries(list(row).map((cell, at) => [ids[at] ?? String(at), cell]))));
}

function inferred(rows: Fields[]): Fields[] {
	const ids = new Set<string>();
	for (const row of rows.slice(0, SAMPLE)) for (const id of Object.keys(row)) ids.add(id);
	return [...ids].slice(0, MOST_COLUMNS).map((id) => ({ id }));
}

function readColumn(column: Fields, rows: Fields[]): Column {
	const id = text(column['id'] ?? column['key'] ?? column['field']);
	const said = text(column['type']).toLowerCase();
	const values = rows.slice(0, SAMPLE).map((row) => row[id]).filter((value) => value !== null && value !== undefined && value !== '');
	const type = COLUMN_TYPES.find((known) => known === said) ?? inferredType(values);
	const measured = ['number', 'currency', 'percent', 'progress'].includes(type) || (said === '' && values.length > 0 && values.every(startsAsNumber));
	const align = text(column['align']);
	return {
		id,
		label: text(column['label'] ?? column['name'] ?? column['title']) || worded(id),
		type,
		align: align === 'left' || align === 'right' || align === 'center' ? align : measured && type !== 'progress' ? 'right' : 'left',
		width: width(column['width']),
		manner: manner(column, type, values),
		goodWhen: column['goodWhen'],
		most: numberOf(column['max']) ?? (type === 'progress' && values.every((value) => Math.abs(numberOf(value) ?? 0) <= 1) ? 1 : 100)
	};
}

/** `Customer 7` holds a number and is a name. */
function startsAsNumber(value: unknown): boolean {
	return numberOf(value) !== undefined && !momentOf(value) && /^[-+\u2212($€£¥\d]/.test(text(value));
}

function inferredType(values: unknown[]): ColumnType {
	if (values.length === 0) return 'text';
	if (values.every((value) => typeof value === 'number')) return 'number';
	if (values.every((value) => typeof value === 'boolean')) return 'boolean';
	if (values.every((value) => typeof value === 'string' && momentOf(value))) return 'date';
	if (values.every((value) => typeof value === 'string' && /^https?:\/\//i.test(value))) return 'link';
	return values.every(Array.isArray) ? 'sparkline' : 'text';
}

/** One number of decimals for the whole column: then the points stand below one another. */
function manner(column: Fields, type: ColumnType, values: unknown[]): Manner {
	const said = text(column['format']);
	const format = type === 'currency' || type === 'percent' || type === 'date' ? type : said;
	const unit = text(column['unit'] ?? column['currency']) || (type === 'currency' && /^[A-Z]{3}$/.test(said) ? said : '');
	const numbers = values.filter((value) => typeof value === 'number').map((value) => (format === 'percent' ? value * 100 : value));
	const most = format === 'percent' ? 1 : 2;
	const digits = Math.min(most, Math.max(0, ...numbers.map((value) => (Number.isInteger(value) ? 0 : (String(Number(value.toFixed(most))).split('.')[1]?.length ?? 0)))));
	const decimals = format === 'currency' && digits > 0 ? 2 : digits;
	return { format, unit, decimals: [decimals, decimals] };
}

/** `unitPrice` and `unit_price` as words. */
function worded(id: string): string {
	const words = id.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').trim();
	return words.charAt(0).toUpperCase() + words.slice(1);
}

function width(value: unknown): string | undefined {
	if (typeof value === 'number' && value > 0) return `${Math.min(value, 2000)}px`;
	return typeof value === 'string' && /^\d{1,4}(\.\d+)?(px|rem|em|%|ch)?$/.test(value) ? (/\d$/.test(value) ? `${value}px` : value) : undefined;
}

function keyed(rows: Fields[], columns: Column[]): Row[] {
	const candidates = ['id', 'key', ...columns.filter((column) => column.type === 'text' || column.type === 'link').map((column) => column.id)];
	const by = candidates.find((id) => rows.length > 0 && new Set(rows.map((row) => text(row[id]) || undefined)).size === rows.length);
	return rows.map((cells, at) => ({ key: by ? text(cells[by]) : String(at), cells }));
}

function sorting(value: unknown, order: unknown, columns: Column[]): Table['sortBy'] {
	const written = isFields(value) ? text(value['id'] ?? value['column']) : text(value);
	const id = written.replace(/^[-+]/, '').replace(/\s+(asc|desc)$/i, '');
	if (!columns.some((column) => column.id === id)) return undefined;
	const said = `${text(order)} ${isFields(value) ? text(value['direction'] ?? value['order']) : ''} ${written}`;
	return { id, falls: written.startsWith('-') || /\bdesc/i.test(said) };
}

/** A cell as one line of text: what is searched and exported, and drawn for most types. */
export function cellText(value: unknown, column: Column): string {
	if (value === null || value === undefined || value === '') return '';
	if (column.type === 'boolean') return truth(value) ? 'yes' : 'no';
	if (column.type === 'progress') return line(value, typeof value === 'number' && column.most === 1 ? { format: 'percent', decimals: [0, 0] } : { unit: column.manner.unit || '%' });
	if (Array.isArray(value)) return value.map(text).join(', ');
	if (isFields(value)) return text(value['label'] ?? value['text'] ?? value['name'] ?? value['title'] ?? value['value'] ?? value['url']) || JSON.stringify(value);
	const said = line(value, column.manner);
	return said === NOTHING ? '' : said;
}

/** What a row holds in a column; nothing that every object has, such as `__proto__`. */
export function cellOf(row: Row, column: Column): unknown {
	return Object.hasOwn(row.cells, column.id) ? row.cells[column.id] : undefined;
}

/** The rows in order. Numbers and dates by size, words as the reader's language sorts them, gaps always last. */
export function sorted(rows: Row[], column: Column | undefined, falls: boolean): Row[] {
	if (!column) return rows;
	const ranks = new Map(rows.map((row) => [row, rank(cellOf(row, column), column)]));
	const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
	return [...rows].sort((one, other) => {
		const [left, right] = [ranks.get(one), ranks.get(other)];
		if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
		const order = typeof left === 'number' && typeof right === 'number' ? left - right : words.compare(String(left), String(right));
		return falls ? -order : order;
	});
}

function rank(value: unknown, column: Column): number | string | undefined {
	if (value === null || value === undefined || value === '') return undefined;
	if (column.type === 'date') return momentOf(value)?.at.getTime() ?? text(value);
	if (column.type === 'boolean') return truth(value) ? 1 : 0;
	if (column.type === 'sparkline') return numberOf(list(value)[list(value).length - 1]);
	if (typeof value === 'string' && momentOf(value)) return value;
	return column.type === 'text' && typeof value === 'string' && !/^[-+\u2212$€£¥\d]/.test(value) ? value : (numberOf(value) ?? cellText(value, column));
}

const searchable = new WeakMap<Row, string>();

function searchText(row: Row, columns: Column[]): string {
	const known = searchable.get(row);
	if (known !== undefined) return known;
	const said = columns.map((column) => cellText(cellOf(row, column), column)).join('\n').toLowerCase();
	searchable.set(row, said);
	return said;
}

/** The rows that hold every word of `query` somewhere. */
export function found(rows: Row[], columns: Column[], query: string): Row[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return rows;
	return rows.filter((row) => {
		const said = searchText(row, columns);
		return words.every((word) => said.includes(word));
	});
}

/** The rows as CSV for a spreadsheet: plain numbers, and nothing a spreadsheet would run as a formula. */
export function asCsv(columns: Column[], rows: Row[]): string {
	const lines = [columns.map((column) => column.label), ...rows.map((row) => columns.map((column) => csvCell(cellOf(row, column), column)))];
	return lines.map((cells) => cells.map(quoted).join(',')).join('\r\n');
}

function csvCell(value: unknown, column: Column): string {
	return typeof value === 'number' || typeof value === 'string' ? String(value) : cellText(value, column);
}

function quoted(cell: string): string {
	const safe = /^[=+\-@\t\r]/.test(cell) && !/^[-+][\d.,\s%]+$/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

