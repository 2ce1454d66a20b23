import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SseParser } from '../src/live/sse.js'

const STREAM =
  'retry: 2000\n\n: a comment\n\nevent: pin\ndata: {"a":\ndata: "ü€"}\n\n:\n\nevent: deleted\nid: 7\ndata:{"id":"p-1"}\n\ndata\n\n'
const MESSAGES = [
  { event: 'pin', data: '{"a":\n"ü€"}' },
  { event: 'deleted', data: '{"id":"p-1"}' },
  { event: 'message', data: '' },
]

test.each(['\n', '\r\n', '\r'])('reads the same messages in any pieces, lines ending with %j', (end) => {
  const stream = STREAM.replaceAll('\n', end)
  // A CR at the very end may be half of a CRLF: the last message waits for what comes after it.
  const whole = end === '\r' ? `${stream}:` : stream
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length)), (borders) => {
      const cuts = [0, ...borders.sort((a, b) => a - b), whole.length]
      const pieces = cuts.slice(1).map((cut, index) => whole.slice(cuts[index], cut))
      const parser = new SseParser()
      expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(MESSAGES)
      expect(parser.retry).toBe(2000)
    }),
  )
})

test('passes over a byte order mark, at the beginning only', () => {
  const parser = new SseParser()
  expect(parser.push('')).toEqual([])
  expect(parser.push('\uFEFFdata: a\n\n')).toEqual([{ event: 'message', data: 'a' }])
  expect(parser.push('\uFEFFdata: b\n\n')).toEqual([])
})

test('keeps a message back until its empty line', () => {
  const parser = new SseParser()
  expect(parser.push('event: pin\ndata: 1\n')).toEqual([])
  expect(parser.push('\n')).toEqual([{ event: 'pin', data: '1' }])
  expect(parser.push('\n')).toEqual([])
})

test('takes a retry only if it is a number', () => {
  const parser = new SseParser()
  parser.push('retry: soon\n')
  expect(parser.retry).toBeUndefined()
})
