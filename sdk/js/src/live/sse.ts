/** Server-Sent Events out of text that arrives in any pieces. */

export interface Message {
  event: string
  data: string
}

/**
 * One stream's parser: give it text as it comes, get the messages that are complete by now.
 * Lines end with LF, CRLF or CR; comments are passed over; several `data` lines are joined.
 */
export class SseParser {
  /** What the server asks to wait before connecting again, in milliseconds. */
  retry: number | undefined
  #rest = ''
  #event = ''
  #data: string[] = []
  #isFirst = true

  push(text: string): Message[] {
    if (this.#isFirst && text !== '') {
      this.#isFirst = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    // What follows the last line end is unfinished; so is a CR at the end, whose LF may be on its way.
    this.#rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.#read(line) ?? [])
  }

  #read(line: string): Message | undefined {
    if (line === '') return this.#finish()
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.#event = value
    if (field === 'data') this.#data.push(value)
    if (field === 'retry' && /^\d+$/.test(value)) this.retry = Number(value)
    return undefined
  }

  #finish(): Message | undefined {
    const message = { event: this.#event || 'message', data: this.#data.join('\n') }
    const isEmpty = this.#data.length === 0
    this.#event = ''
    this.#data = []
    return isEmpty ? undefined : message
  }
}
