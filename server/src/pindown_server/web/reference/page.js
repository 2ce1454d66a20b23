// Finding a call while one types. Without it the pages are whole: the menu opens, links lead on.
const field = document.querySelector('.find input');
const parts = [...document.querySelectorAll('.side details')];
const opened = parts.map((part) => part.open);

function find() {
	const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
	field.closest('.side').classList.toggle('searching', words.length > 0);
	parts.forEach((part, index) => {
		let found = 0;
		for (const call of part.querySelectorAll('li')) {
			call.hidden = !words.every((word) => call.dataset.find.includes(word));
			if (!call.hidden) found += 1;
		}
		part.hidden = found === 0;
		part.open = words.length > 0 ? found > 0 : opened[index];
	});
}

field.addEventListener('input', find);
field.addEventListener('keydown', (event) => {
	if (event.key === 'Enter') document.querySelector('.side li:not([hidden]) a')?.click();
});
document.addEventListener('keydown', (event) => {
	if (event.key === '/' && document.activeElement?.tagName !== 'INPUT') {
		event.preventDefault();
		field.focus();
	}
});
