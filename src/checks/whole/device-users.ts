import { MINUTE } from '../../core'
import type { Money } from '../finding'

/** A user that a device has had. Times are in milliseconds since 1970. */
export type DeviceUser = {
  /** The anonymous id. For calls without one, the `opaqueUserId` that was sent. */
  id: string
  /** The `opaqueUserId` that was sent first. Empty if none was sent. */
  sent: string
  /** The account. Empty if no call names one. */
  account: string
  /** The message id of its first call. */
  messageId: string
  /** The first and the last call of each visit, oldest first. */
  visits: [first: number, last: number][]
  orders: number
  /** The products whose ads were clicked. */
  clicked: string[]
  /** The order lines. */
  lines: { product: string; revenue: Money }[]
}

type Call = Omit<DeviceUser, 'visits'>

/** The users that a device has had. */
export type DeviceUsers = ReturnType<typeof createDeviceUsers>

/** A person has a few browsers. An id that is new on each page makes some more. */
const MAX_USERS = 24

/** Later visits of a user are not kept, nor are more products. */
const MAX_VISITS = 8
const MAX_PRODUCTS = 20

/** A longer pause ends a visit. Milliseconds. */
const LONGEST_PAUSE = 30 * MINUTE

/** Creates an empty list of the users of a device. */
export function createDeviceUsers() {
  const users = new Map<string, DeviceUser>()
  let isShared = false

  function put(user: Call, visits: DeviceUser['visits']): void {
    const known = users.get(user.id)
    if (known) join(known, user, visits)
    else if (users.size >= MAX_USERS) isShared = true
    else users.set(user.id, { ...user, visits })
  }

  return {
    /** Adds a call of a user. */
    add(call: Call, time: number): void {
      put(call, [[time, time]])
    },
    /** Returns the users, the first one first. */
    list: (): DeviceUser[] =>
      [...users.values()].sort((one, other) => one.visits[0][0] - other.visits[0][0] || compareIds(one, other)),
    /** Whether there were more users than a device has. It is an address of many people, or a program. */
    get isShared() {
      return isShared
    },
    save: () => (isShared ? 'shared' : [...users.values()]),
    merge: (saved: unknown): void => {
      if (saved === 'shared') isShared = true
      else for (const user of saved as DeviceUser[]) put(user, user.visits)
    }
  }
}

function compareIds(one: DeviceUser, other: DeviceUser): number {
  return one.id < other.id ? -1 : 1
}

/** Adds calls and visits to the user who made them. */
function join(user: DeviceUser, more: Call, visits: DeviceUser['visits']): void {
  if (visits[0][0] < user.visits[0][0]) user.messageId = more.messageId
  user.sent ||= more.sent
  user.account ||= more.account
  for (const [first, last] of visits) addVisit(user.visits, first, last)
  user.orders += more.orders
  for (const product of more.clicked) {
    if (user.clicked.length < MAX_PRODUCTS && !user.clicked.includes(product)) user.clicked.push(product)
  }
  user.lines.push(...more.lines.slice(0, MAX_PRODUCTS - user.lines.length))
}

/** Adds a visit, or makes it part of one that it overlaps or nearly touches. */
function addVisit(visits: DeviceUser['visits'], first: number, last: number): void {
  const near = visits.find((visit) => first <= visit[1] + LONGEST_PAUSE && last >= visit[0] - LONGEST_PAUSE)
  if (near) {
    near[0] = Math.min(near[0], first)
    near[1] = Math.max(near[1], last)
    return
  }
  visits.push([first, last])
  visits.sort(([one], [other]) => one - other)
  visits.length = Math.min(visits.length, MAX_VISITS)
}
