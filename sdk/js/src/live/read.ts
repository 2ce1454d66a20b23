/** From a message to an event, checked: what is not understood is nothing, never a half of something. */

import { isRecord } from '../errors.js'
import type { Message } from './sse.js'
import type { LiveEvent, PageView, PinboardView, PinView, Snapshot } from './views.js'

/** The event of a message; undefined for one that this client does not know. */
export function readEvent({ event, data }: Message): LiveEvent | undefined {
  const body = parse(data)
  if (!isRecord(body)) return undefined
  switch (event) {
    case 'snapshot':
      return { event, data: snapshot(body) }
    case 'pin':
      return isPin(body) ? { event, data: body } : undefined
    case 'frame':
      return { event, data: { pins: listOf(body['pins'], isPin) } }
    case 'pinboard':
    case 'page':
      return isRevised(body) ? { event, data: body } : undefined
    case 'alive':
    case 'late':
    case 'on_time':
      return isPushed(body) ? { event, data: body } : undefined
    case 'deleted':
      return isNamed(body) ? { event, data: body } : undefined
    case 'denied':
      return { event, data: isNamed(body) ? { id: body.id } : {} }
    default:
      return undefined // a newer server may have more to say
  }
}

function snapshot(body: Record<string, unknown>): Snapshot {
  return {
    pins: listOf(body['pins'], isPin),
    pinboards: listOf(body['pinboards'], isBoard),
    pages: listOf(body['pages'], isPage),
    denied: listOf(body['denied'], (id): id is string => typeof id === 'string'),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function listOf<T>(value: unknown, fits: (item: unknown) => item is T): T[] {
  return Array.isArray(value) ? value.filter(fits) : []
}

function isNamed(value: unknown): value is { id: string } {
  return isRecord(value) && typeof value['id'] === 'string'
}

function isRevised(value: unknown): value is { id: string; revision: number } {
  return isNamed(value) && 'revision' in value && typeof value.revision === 'number'
}

function isPushed(value: unknown): value is { id: string; pushed_at: number | null } {
  if (!isNamed(value) || !('pushed_at' in value)) return false
  return value.pushed_at === null || typeof value.pushed_at === 'number'
}

const isPin = (value: unknown): value is PinView =>
  isRevised(value) && 'version' in value && typeof value.version === 'number'

const isBoard = (value: unknown): value is PinboardView =>
  isRevised(value) && 'pins' in value && Array.isArray(value.pins) && 'layout' in value

const isPage = (value: unknown): value is PageView =>
  isRevised(value) && 'pins' in value && Array.isArray(value.pins)
