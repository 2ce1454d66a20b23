/** Colours code. Loaded with the first text that holds any. */

import highlight from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import DOMPurify from 'dompurify';

const LANGUAGES = {
	bash, c, cpp, csharp, css, diff, dockerfile, go, http, ini, java, javascript, json, kotlin, markdown, php,
	python, r, ruby, rust, shell, sql, swift, typescript, xml, yaml
};
for (const [name, language] of Object.entries(LANGUAGES)) highlight.registerLanguage(name, language);

const MOST_CHARACTERS = 50_000; // longer code stays plain: colouring it would hold up the page

/** Colours a code element in place, if its language is one we know. */
export function colourCode(code: HTMLElement, language: string): void {
	const text = code.textContent ?? '';
	if (!highlight.getLanguage(language) || text.length > MOST_CHARACTERS) return;
	const { value } = highlight.highlight(text, { language, ignoreIllegals: true });
	code.replaceChildren(DOMPurify.sanitize(value, { RETURN_DOM_FRAGMENT: true, ALLOWED_TAGS: ['span'], ALLOWED_ATTR: ['class'] }));
}
