/** What docs/findings.md says of each finding besides the texts of its check, and what each severity means. */
import type { Severity } from '../../src/checks/severities'
import { toTable } from './table'

/** Markdown. The page puts the `why` and the `cure` of the check before those here, so they repeat nothing. */
type Explanation = {
  /** When the finding is reported. */
  mistake: string
  /** More about why it costs: the usual causes, and what the amount is. */
  why?: string
  /** More about how to correct it. */
  cure?: string
  /** Paragraphs with titles of their own. */
  more?: string
  /** Similar cases that are correct. */
  correct?: string
  /** Mistakes that the check misses, and when it reports a false one. */
  unseen?: string
}

type Section = {
  title: string
  intro?: string
  /** By the code of the check, in the order of the page. */
  explanations: Readonly<Record<string, Explanation>>
}

/** The compiler finds a severity without an entry. */
export const SEVERITY_MEANINGS: Record<Severity, string> = {
  'loses money': 'Advertisers are billed wrongly, or orders are credited wrongly or not at all.',
  'loses data': 'Events or order lines do not reach Topsort, or do not count.',
  'worth a look': 'It may be correct. Only someone who knows the shop can tell.',
  'good news': 'Something went well that could have gone wrong.'
}

/** The sections of the page. A test finds a check without an explanation. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Users',
    explanations: {
      'user-id-mismatch': {
        mistake:
          'The `opaqueUserId` of an order has no view or click in the attribution window, but the same person has views or clicks with another id.',
        cure: "The usual cause is an order from the server that has a `userId`, but not the visitor's `anonymousId`. Send both.",
        correct:
          'An order whose own id has at least one view or click. Events of the same person with other ids do not matter then.'
      },

      'two-id-spaces': {
        mistake:
          "A person's auctions, and events of Topsort's browser SDK, have no user id in common with the person's Segment events. The shared bid shows that it is the same person.",
        why: 'The name of that cookie is `tsuid`.',
        cure: "In Segment's browser SDK, that is `analytics.user().anonymousId()`.",
        correct: 'Auctions without a user, a person with one id on both sides, and linked ids.'
      },

      'no-user-id': {
        mistake:
          'A call has neither `anonymousId` nor `userId`. Or a mapping reads an id that the call does not have, or one that identifies nobody, such as `undefined` or the user `0`. The event fails.',
        cure: 'Instead of the `anonymousId`, a call may have a `userId`. WooCommerce and others send the user `0` for guests: send their `anonymousId`. If Opaque User ID is mapped to only one of `anonymousId` and `userId`, map it to the other one as well.'
      },

      'personal-data-id': {
        mistake:
          'The `opaqueUserId` of an event is an email address, or a phone number with its country code or with its area code in parentheses. Each call counts once.',
        correct:
          'Hashes, customer numbers and other digits without a country code, and an address in a call whose events have another `opaqueUserId`.'
      },

      'shared-user-id': {
        mistake:
          'One `opaqueUserId` has at least 10 orders, and 10 times as many as usual (the median of the 2,000 users with the most orders), and they come from many people: at least 5 email addresses (`properties.email` or `context.traits.email`), or at least 5 browsers, whose versions do not count, with 10 anonymous ids or 10 addresses. More than 20 users must have orders.',
        why: 'The cost is the revenue of the orders of this id.',
        correct:
          "A call center or the shop's own staff, who have a few browsers. Somebody who orders often, from many addresses or after deleting cookies.",
        unseen: 'Orders from a server that name neither an address nor an anonymous id or email address.'
      },

      'resetting-user-id': {
        mistake:
          'Within 5 minutes after the last call of a visit, the same device goes on with another anonymous id and another `opaqueUserId`. A device is the `context.device.id` of an app, otherwise an IP address and a user agent. It is reported if it happens on at least 20 devices and on a quarter of those with more than one call, or to at least 10 orders and 15 % of all.',
        why: 'The cost is the revenue of the order lines whose product was clicked as an ad with the id before, and not with the new one. If the account joins the two ids, `user-id-mismatch` has the cost.',
        correct:
          'Some shared devices and deleted cookies. People behind one address: a device with more than 24 ids is not counted, and nothing is reported if new ids also appear while others are still there.',
        unseen:
          'Orders from a server, which name no device. The check watches a sample of 2,000 devices, and its figures stand for all of them.'
      },

      'unknown-buyers': {
        mistake:
          'A source has at least 15 orders, and at most 5 % of them are of a user who clicked before. Of the orders of the other sources, at least half are.',
        why: 'The cost is the revenue of all orders of the source.',
        unseen: 'A shop with one source of orders: `nothing-credited` says it.'
      },

      'no-interaction': {
        mistake:
          'An order has no view or click of the same person before it in the attribution window of its format, neither sponsored nor organic. An order whose time is before the auction of its click is only reported as `purchase-before-auction`.',
        cure: 'If they differ and no call has both, the checks cannot see that it is one person.',
        correct:
          'A few of these findings, because most buyers click on no ad. A few after a start, because the views were before it.'
      }
    }
  },
  {
    title: 'Auctions and bids',
    explanations: {
      'missing-bid': {
        mistake:
          'A view or click has no `resolvedBidId`, but its product won an auction of the same user in the last 30 minutes. After an auction without a user, this is reported only if no event about the product has a bid.',
        correct: toList('These cases are not reported:', [
          "An event after a click with the bid, because that click opens the product's own page.",
          'An event if other events of the same kind have a bid of the same auction. Then the user did not scroll to this ad, or the page showed the product without an ad as well.',
          'A click at another position than the ad.'
        ]),
        unseen:
          'A shop that does not run its auctions here. If a user sees a winner without its ad and none of the ads of the page, the finding is false.'
      },

      'unknown-bid': {
        mistake:
          "Topsort refused a bid with `resolved_bid_id_not_found`. Or the bid is not text. Or the user's auctions are known, and none of them returned the bid. Or the bid belongs to another product than the event.",
        cure: 'Bids have 240 characters and more, so a database column or a cookie may cut them.',
        correct:
          "A product with the winning id in `product_id`, `productId`, `id` or `sku`, and a banner's bid with any product."
      },

      'fallback-bid': {
        mistake: 'An event has the bid of a winner with `"isFallback": true`.',
        correct:
          'Events with the bids of the other winners. Views and clicks of a product that is also in a fallback, without a bid.',
        unseen: 'Auctions that do not run here. Archives have none.'
      },

      'encoded-bid': {
        mistake:
          'A bid has `%` codes or white space in it, so the destination does not send it (`bid_encoded_or_cut`). Or the event fails for another reason first, and its `resolvedBidId` has `%` codes or white space.',
        correct:
          'White space before and after the bid, which the destination removes. An encoded property, if the mapping reads the bid from another one.'
      },

      'stale-bid': {
        mistake:
          'A bid is used more than 24 hours after its auction, or after its first use if the auction is not known. Or a third user sends the same bid.',
        cure: 'Look for a cache in the page, the CDN and the app.',
        correct:
          'A tab that stays open for a day, and two user ids with one bid, because a user may log in on the page.'
      },

      'double-impression': {
        mistake:
          'One `resolvedBidId` is in several impressions with different ids. Or two impression mappings take one Segment event.',
        cure: 'Report the impression when the ad is first seen.'
      },

      'double-click': {
        mistake:
          'Two clicks of one user with one product and one bid have different event names and come within one second. Or two click mappings take one Segment event.',
        why: 'The usual cause is that `Product Clicked` and `Product Added` are both mapped.',
        correct:
          'A second click on the same ad, and a product that is opened and later added to the cart. Two clicks with the same event name are never reported.'
      },

      'double-path': {
        mistake:
          'The same event came through Segment and also directly, with different ids. Impressions are the same if they have one bid, clicks if they have one bid and come within 2 seconds, and orders if they have one user and the same lines and come within a minute.',
        unseen: 'Organic events on both ways, and orders with two user ids.'
      },

      'banner-no-follow-up': {
        mistake:
          "Within 30 minutes after a click on a banner, the user's next click is on a product and has no bid. No click has the banner's bid and `additionalAttribution`.",
        cure: "The value of `additionalAttribution` is `{ type: 'product', id }`. If the banner leads to a product's page, add it to the banner's own click.",
        correct: 'A user who clicks on nothing, or on another ad.',
        unseen:
          "Where the user clicks. If a user leaves the banner's page and clicks on a product elsewhere, the finding is false."
      },

      'ignored-value': {
        mistake:
          'An event has `additionalAttribution` and no bid, or `entity` and a bid. An `entity` that only repeats the product of the event is not reported.'
      }
    }
  },
  {
    title: 'Orders',
    explanations: {
      'purchase-before-auction': {
        mistake:
          'The time of an order is before the auction of its product, but the user saw the ad or clicked on it before the order. The check compares the times of the events. If the auction is at most an hour after the order, it also compares their times of receipt. No earlier ad for the product explains the order.',
        correct: 'An ad for a product that was bought before, and an order that arrives late with its correct time.'
      },

      'double-purchase': {
        mistake: toList('One order is in purchases with different event ids. The check reports three cases:', [
          'They have the same order id, and the same products and quantities, any time apart. The order id may be in `order_id`, `transaction_id`, `order_number`, `checkout_id` or a similar property.',
          'One of them has no order id, and both have the same user and lines and come within 10 minutes.',
          'Two libraries sent them, such as `analytics.js` and a server, for the same person with the same products and quantities within an hour. One of them has no order id, or their order ids have different forms, such as `#1001` and `5501234567`.'
        ]),
        why: 'The usual causes are a reloaded confirmation page, and an order that both browser and server report. The prices of the two may differ, because one side may report them with taxes.',
        cure: "The order's id is `properties.order_id` in Segment's e-commerce spec.",
        correct:
          'Orders with the same lines and different order ids of one form, parts of one order with different products, and an order that is reported again with the same event id.'
      },

      'order-total-mismatch': {
        mistake:
          'In many orders of a source, or of one version of its app, the lines that were sent do not add up to the total that the order itself names, and differ from it in the same way. The check compares the sum of unit price times quantity with `total`, `revenue`, `subtotal` and `value`: as they are, without `shipping`, without or with `tax`, and before `discount`. A difference of a cent a line, or of 1 %, is no difference. The finding names the likely reason: the price is the total of the line, is in cents, has lost its thousands (or gained them), is before a discount that the total has, or no line has a quantity.',
        correct: toList('These cases are not reported:', [
          'Single orders that differ. There must be at least 10 orders with the same reason, and they must be 20 % of the orders of the source, in one currency, that have a total. For a price that is the total of its line, half of the orders with several items of a product are enough as well, because only they show it. For missing quantities, half of the orders without any quantity are enough.',
          'Shipping, taxes and discounts in one of the amounts, discounts of lines, and orders that a gift card paid.',
          'A constant factor from 0.78 to 1.28 without another reason: it may be a tax that no property names. A constant factor of fewer than 5 different amounts.',
          'A total such as 45.9 for 45,900 in a currency without decimals. Then the total is wrong, not the price.',
          'Orders of which a line could not be sent (see `unusable-line`). Gifts, discounts and returns among the lines do not matter.'
        ]),
        unseen:
          'Offers such as two for the price of one, if they are in 20 % of the orders and no property names the discount: they look like a price that is the total of its line.'
      },

      'mixed-currencies': {
        mistake:
          'The orders of one source have several currencies (`currency`). The currency of most orders is taken for that of the marketplace, and the orders with another one are counted. One such order is enough.',
        correct:
          'One currency for each source. Check then that each source has a marketplace of its own at Topsort. Orders without a currency, and values that are no ISO 4217 code, such as `$`, are not compared.'
      },

      'refund-as-order': {
        mistake:
          "Lines of a refund were sent as an order: the event's name has `refund`, `cancel`, `return` or `chargeback`, or a total of the order is negative and none of its lines is.",
        correct:
          'Returns inside an exchange, which have lines with a negative price or quantity. A refund of which nothing is sent, because all of its lines are negative.'
      },

      'test-orders': {
        mistake:
          'An order was placed to try the shop out. Its highest price is more than 20 times the median price of the source, in one currency, and one of two things is true: its user id, order id or email address has a word such as `test`, `qa` or `dummy`; or the price is a number of nines, such as 9,999 or 99,999.99, and one user has at least 3 orders at this price, and 80 % of all of them. The source must have at least 20 lines.',
        correct:
          'Expensive orders of other users, orders at 9,999 of several users, tests at usual prices, and names such as `testa`.'
      },

      'wrong-seller': {
        mistake:
          "A user clicked on an ad, and ordered its product within the attribution window, but from another vendor. No line of the order is of the ad's vendor.",
        why: 'The cost is the revenue of the lines with this product.',
        correct:
          'A line without a vendor (see `no-vendor`) or with a brand as its vendor (see `brand-as-vendor`), and a user who also clicked on the ad of the vendor that sold the product.',
        unseen: 'Auctions whose winners have no `vendorId`.'
      },

      'failed-event': {
        mistake: 'An event fails on its way to Topsort, and none of the other findings about single events says why.',
        cure: '[messages.md](messages.md) explains each code. If most events of a mapping fail, the shop usually keeps the value under another name: map the field to it.',
        correct:
          'An event whose failure another finding explains, such as `no-user-id` or `unusable-line`. It is counted there only. A failure after which Segment sends the event again, such as an outage of Topsort, is not counted either.'
      },

      'unusable-line': {
        mistake:
          'Some lines of an order were not sent. Or the order was not sent at all, because a line has no product id or no clear price, or because it has no lines.',
        correct: 'Gifts and discounts (a price of 0 or less), and returns (a quantity of 0 or less).'
      },

      'list-is-object': {
        mistake:
          'The products of an order or of a list (`products`, `items`, `line_items` and similar) are an object whose values are products, and the event fails.',
        why: 'The cost is the price times the quantity of the lines.',
        correct:
          'One product as an object, which the destination reads. An object beside a list, or one that the mapping does not read. The event is not counted as `unusable-line` or `empty-list` as well.'
      },

      'no-vendor': {
        mistake: 'An order was sent with a line that has no `vendorId`. Each order counts once.',
        cure: 'Halo attribution is off by default.'
      },

      'brand-as-vendor': {
        mistake:
          'The vendor of an order line is its `brand`, because the default mapping reads `brand` if there is no `vendorId`. Each brand of an order counts once.',
        correct: 'A brand that is the vendor of a winner of an auction.'
      }
    }
  },
  {
    title: 'Ids, times and lists',
    explanations: {
      'shared-id': {
        mistake:
          'Different events have one id: Segment calls with one message id, the impressions of a list, or events whose id is mapped from a value that is not unique. Views or clicks with the same content are different events if there is more than a minute between them.',
        correct:
          'Browser and server that report one order, with its order id as the event id and the same products and quantities. Users and prices may differ. It is a repeat that counts once.'
      },

      'digits-lost': {
        mistake:
          'An id came as a JSON number above 2^53, so its last digits were rounded. The check looks at the product and the user that were sent, and at the id of an order. Each call counts once.',
        correct: 'Long ids as text, and large numbers that are not sent as an id.'
      },

      'repeat-counted-once': {
        mistake: 'The same event came again with the same id.',
        why: 'A reloaded page that reports its order again with the same id is such a repeat too.'
      },

      'bad-time': {
        mistake:
          'The time of an event is more than a minute after its receipt, more than 90 days before it, or unreadable. Or Topsort refused the event with `invalid_event_time`.',
        cure: 'A difference of whole hours means a wrong time zone. A time in 1970 means that seconds were read as milliseconds.',
        correct: 'Events of a phone that was offline for weeks.'
      },

      'clock-lag': {
        mistake:
          'At least 80 % of the calls of one event from a source and a library, and at least 20, arrive later than their time says, by whole or half hours: 30 minutes to 14 hours, and up to 2 minutes more. The calls are those from the first day to the last day on which most are late.',
        why: 'The cost is the revenue of the order lines that would be credited by the time of their receipt.',
        correct:
          'An app that was offline and a job that sends calls in batches: their delays differ from call to call. A source that holds all its calls back for whole hours by design looks the same and is reported. Times in the future are `bad-time`.'
      },

      'too-large': {
        mistake:
          'A call has more than 80 % of the 32 KB that Segment allows, as JSON with the values that Segment adds.',
        correct: 'Calls below this size.'
      },

      'empty-list': {
        mistake:
          'A list, such as that of `Product List Viewed`, has no products, a product with neither an id nor a bid, or no product with a position.'
      }
    }
  },
  {
    title: 'Settings',
    explanations: {
      'trigger-loses-meaning': {
        mistake: [
          "The trigger of a mapping that is switched on says one condition, and Segment's parser takes it as another. Preflight and replay name such a trigger, and the workbench refuses it. Each mapping is one case.",
          toTable(
            ['Written', 'Taken as', 'Write'],
            [
              [
                '`!(properties.channel = "pos")`, `not properties.channel = "pos"`',
                'The opposite: `properties.channel = "pos"`',
                '`properties.channel != "pos"`'
              ],
              ['`event in ["A", "B"]`', 'Never true', '`event = "A" or event = "B"`'],
              [
                '`type = "page" OR type = "screen"`',
                'Both conditions, joined with `and`',
                '`type = "page" or type = "screen"`'
              ],
              ['`event == "A"`', 'Never true', '`event = "A"`'],
              ["`event = 'A'`", 'Never true: the quotes are a part of the text', '`event = "A"`'],
              [
                '`… and anonymousId != null`',
                'The condition is dropped, as are all others about other values than those listed below',
                'Leave it out'
              ],
              ['`properties.products.0.sku = "A"`', 'Never true', '`properties.products.\\0.sku = "A"`'],
              [
                '`properties.is_gift != true`',
                'Compared with the text "true", so true is taken too',
                '`(properties.is_gift = false or properties.is_gift = null)`'
              ],
              ['`properties.is_gift and …`', 'Never true', '`properties.is_gift = true and …`'],
              ['`match(event, "*A*")`', 'Starts with the text `*A`', '`contains(event, "A")`'],
              ['`match(event, "A*B")`', 'Ends with the text `*B`', '`match(event, "A*") and match(event, "*B")`'],
              [
                '`type = "page" or type = "track" and event = "A"`',
                'All conditions with the last of `and` and `or`',
                '`type = "page" or (type = "track" and event = "A")`'
              ],
              [
                '`type = "track" and (contains(event, "A") or event = "B")`',
                'The parentheses end with the function, and the last word, `or`, counts for all',
                '`(type = "track" and contains(event, "A")) or (type = "track" and event = "B")`'
              ]
            ]
          )
        ].join('\n\n'),
        why: 'For example, it takes only the orders of the till instead of all others.',
        cure: 'The finding names the spelling. If it names none, no trigger can have the condition.',
        more: [
          '**Triggers and destination filters have two languages.** Both have `and`, `or`, `=`, `!=`, `<`, `<=`, `>`, `>=`, `contains` and `match`. These are the differences:',
          toTable(
            ['Part', 'Trigger', 'Destination filter'],
            [
              [
                'Values of the event',
                '`type`, `event`, `name`, `userId`, and paths into `properties`, `traits` and `context`',
                'Every path'
              ],
              ['`!`', 'Only before `contains` and `match`', 'Before every condition'],
              ['Parentheses', 'One level, without functions in them', 'Any'],
              ['`and` and `or` together', 'Only with parentheses', '`and` binds more strongly'],
              ['`in [...]`, `lowercase`, `length`, `typeof`', 'No', 'Yes'],
              ['Text', 'In double quotes', 'In double or single quotes'],
              ['`*` in `match`', 'One, at the start or the end', 'Anywhere, also `?` and `[a-z]`'],
              [
                'A value that is not there',
                'Takes part in `= null`, and in `!=` with text. Other comparisons and functions are false',
                'Is null: `!=` is true, and so is `!` before a function'
              ],
              ['`not`, `==`', 'No', 'No']
            ]
          )
        ].join('\n\n'),
        correct: "Every trigger that Segment's editor writes."
      }
    }
  },
  {
    title: 'All events together',
    intro:
      'These mistakes show only in many events together. The checks keep small samples and counts of all calls, so they find them over any time. Archives show them best: the workbench rarely has enough events. The figures of such a finding are in its sentence, and its examples name sources and days instead of single events.',
    explanations: {
      'mapping-fails': {
        mistake:
          'At least half of the events of a mapping fail, and at least 10: in all, or of one source, platform and app version. Other versions of the same app that fail in the same way are named with it. Failures after which Segment sends the event again do not count.',
        why: 'The usual cause is that the shop keeps the value under another name. The cost is the revenue of the orders that fail.',
        cure: 'The finding names the field without a usable value, and a key that at least 80 % of the failed calls have, whose name and values are like those of the field, such as `productID`, `products[].unit_price`, `line_items` or `brand.name`. It also names the source, the version and the first day of most failures.',
        correct: 'A few percent of failures.'
      },

      'unmapped-events': {
        mistake:
          "Events that no mapping takes look like purchases, clicks or views. Names count in all their spellings: those of Segment's first and second e-commerce spec (`Completed Order`), of Google Analytics 4 (`view_item`) and of plug-ins. An event of another name looks like a purchase if it has an order number and a list of things with ids and prices.",
        why: 'The cost is the revenue of the events that look like purchases.',
        cure: 'The report lists the 20 most frequent names of events that no mapping takes.',
        correct: toList('These cases are not reported:', [
          'Carts, wishlists, steps of the checkout, refunds and shipments, even if they have the lines of an order.',
          'A name of which a mapping takes some events, because its trigger leaves out the others on purpose.',
          'An event under a second name: at least half of these events have a counterpart of the same kind, source and day that a mapping takes. Any impressions are a counterpart of other impressions.',
          "Events that the call's integrations or a destination filter keep from Topsort."
        ])
      },

      'broken-since': {
        mistake:
          'Up to one day a share was as usual, and since then it is not: clicks with a bid, impressions with a bid, order lines with a price, orders of users who clicked before, events that fail, or the clicks, impressions or orders of a day. The finding names the day, the share before and after, and the source, platform and app version (or the host of a web shop), if the others did not change.',
        why: 'For bids and clicks, the cost is the credit that orders would have had with the share before, less the credit that they have. It is an estimate: with a few dozen orders, chance alone can make it differ by a fifth, and with hundreds by a twentieth. For prices and failures, it is the revenue of the missing lines or orders, if they are worth as much as those before.',
        more: `**What is a step.** Days with at least 10 events, or 8 orders or lines, are compared. If too few days have so many, two to five days are joined, and the day of the step is the one that separates the two shares best. A step has all of these:

- The median of the days before and that of the days after, at least three on each side, differ by 10 percentage points or more. For orders after a click, they differ by 20.
- The lower share is at most 70 % of the higher one. For failures, and for orders after a click, it is at most half.
- The difference is at least 3 times the usual difference of a day from its median, or 4 times if a side has fewer than 5 days. The usual difference is never taken as less than chance gives for so few events.
- At most one day in ten is on the wrong side.
- If the days after are less than a week, most of them have the weekday of an earlier day that was as usual.

A new version of an app is compared with the versions before it. The clicks, impressions or orders of a day must fall from at least 10 to less than a third of the other events of their source, version or host, and must not have moved to another one.`,
        correct: 'Weekends, campaigns that end, growth, and sources that start or end.',
        unseen:
          'Whether the ads ended: if the budgets of most campaigns end on one day, the share of clicks with a bid falls as well. Then it falls in all sources.'
      },

      'nothing-credited': {
        mistake:
          'There are at least 50 clicks with a bid and 50 orders, but no order line has a product on which the same user clicked with a bid in the 14 days before.',
        why: 'The cost is the revenue of all orders.',
        cure: 'The finding says which of the two differ.',
        correct:
          'Few ads: if users order products that they clicked without a bid, this is reported only if at least 5 lines would be credited at the same rate. If users of orders clicked, but never on the product, it takes 100 clicks with a bid.'
      },

      'id-space-mismatch': {
        mistake:
          'At most 5 % of the ordered product ids are ever clicked or viewed, and a transformation makes at least half of them meet: cutting the ids at `-`, `_`, `:` or `/`, or another property of the order line, such as `sku`. At least 20 ids are compared on each side. The orders of each version of an app are also compared alone: then 10 of their ids are enough, and 80 % of them must meet.',
        why: 'The cost is the revenue that would be credited with the transformation.',
        correct:
          'A shop that reports no views, and rare products: without a transformation that makes the ids meet, nothing is reported. A transformation that makes few ids of many does not count, because they would meet by chance.'
      },

      'click-concentration': {
        mistake:
          'At most 10 visitors, or devices, make at least 10 % of all clicks with a bid. Each of them has at least 50 such clicks in at least 3 different hours, no order, and pauses that vary by less than half of their mean.',
        correct: 'People who look around a lot: they pause and go on, and order now and then.'
      }
    }
  }
]

/** Returns a list of cases. */
function toList(intro: string, cases: readonly string[]): string {
  return `${intro}\n\n${cases.map((each) => `- ${each}`).join('\n')}`
}
