import type { Groups } from './groups'
import type { IdUse, SentEvent } from './model'
import type { Past } from './past/past'
import { toIdUse } from './read-facts'
import { isSameEvent } from './repeats'

/** Ids are compared within a list: those of calls, or of the events of one type. */
type IdList = 'call' | SentEvent['kind']

/** Creates the uses of ids, which are groups like all others. */
export function createIdUses(groups: Groups, past?: Past) {
  const find = (list: IdList, id: string) => groups.get('id', toKey(list, id))

  function isRepeat(list: IdList, id: string, use: IdUse): boolean {
    const group = find(list, id)
    const isKnown = group.idUses.some((earlier) => isSameEvent(earlier, use)) || Boolean(group.past?.isSameEvent(use))
    groups.add(group, use)
    return isKnown
  }

  return {
    /** Records a Segment call. Returns whether it is a repeat. */
    isRepeatedCall(use: IdUse): boolean {
      // Nearly all calls have an id of their own, and a past remembers it in less memory than a group.
      if (past?.addFirstUse(toKey('call', use.messageId), use)) return false
      return isRepeat('call', use.messageId, use)
    },
    /** Records an event that did not come through Segment. Returns whether it is a repeat. */
    isRepeatedReport: (report: SentEvent, use: IdUse): boolean => isRepeat(report.kind, report.id, use),
    /** Records the event ids of a new Segment call. Returns their uses. */
    addReports(reports: readonly SentEvent[]): IdUse[] {
      const own = reports.filter(({ id, messageId }) => !isDerived(id, messageId))
      return own.map((report) => {
        const use = toIdUse(report)
        const group = find(report.kind, report.id)
        // Two mappings of one call send the same id. Other checks report that, so it is not a shared id.
        if (!group.idUses.some(({ messageId }) => messageId === use.messageId)) groups.add(group, use)
        return use
      })
    }
  }
}

/** Returns whether an event id is made from the message id. The message id itself is checked already. */
function isDerived(id: string, messageId: string): boolean {
  return id === messageId || (id.length > messageId.length && id.startsWith(`${messageId}-`))
}

function toKey(list: IdList, id: string): string {
  return `${list}\n${id}`
}
