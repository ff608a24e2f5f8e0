import { type IdSample, mayNotBeOrder, sayShare } from '../checks'
import { simplify } from '../core'
import { type EventKind, findKnownEvent } from '../shop-systems'
import {
  listBids,
  listOrderIds,
  listProductIds,
  listProductLists,
  listUnreadableLists,
  type ProductList
} from './candidates'
import { type Kind, KINDS } from './kinds'
import { meet, type NameProfile, type Profile } from './profile'
import { isReachable, sayPath } from './paths'

/** What the events of a name are. */
export type Classified = {
  profile: NameProfile
  kind: Kind
  /** Whether it is sure enough for a suggestion. */
  isSure: boolean
  /** Whether its name says so. */
  isNamed: boolean
  /** The evidence, in whole sentences. */
  why: string[]
}

/** Events that look like some that Topsort wants, and are none. */
export type NotReported = { profile: NameProfile; why: string }

/** Words of names in English, German, the Romance languages, Polish, Turkish, Russian, Japanese, Chinese and Korean. */
const WORDS = {
  order:
    /order|purchase|checkout|transaction|sale|bestell|kauf|auftrag|pedido|compra|venda|venta|commande|achat|ordin|acquist|encomenda|zamowien|zakup|siparis|注文|購入|订单|购买|주문|구매|заказ|покупк/,
  done: /complet|placed|success|confirm|done|finish|submit|creat|made|paid|thank|abgeschlossen|aufgegeben|getatigt|erfolg|realizad|concluid|finaliz|efe[ck]?tuad|validee|passee|effectu|terminee|conclus|zlozon|tamamla|verildi|完了|完成|成功|완료|оформ|заверш/,
  after:
    /devoluc|reembol|erstatt|storn|rembours|annul|zwrot|iade|actualiz|aktualis|versand|versend|expedi|返品|返金|退款|取消|환불|취소|возврат|отмен/,
  click: /click|tap|select|press|klick|clic|cliqu|tocad|klik|tikla|クリック|点击|클릭|клик|нажат/,
  view: /view|seen|impression|show|display|expos|angesehen|gesehen|ansicht|vue?$|consult|visto|vista|visualiz|impres|goruntule|wyswietl|obejrz|表示|閲覧|浏览|조회|노출|просмотр|показ/,
  product:
    /product|item|tile|card|teaser|article|artikel|produkt|producto|produto|produit|prodott|goods|listing|offer|sku|urun|ad$|商品|상품|товар/,
  list: /list|categor|collection|search|result|grid|shelf|suche|kategorie|busca|recherche|ricerca|katalog|リスト|列表|목록|список/,
  banner: /banner|promo|hero/,
  part: /size|colou?r|variant|filter|sort|image|photo|video|zoom|review|rating|share|tab|menu|nav|button|link|guide|payment|shipping|store|address|coupon|notif|email|detailsopen/,
  cart: /cart|basket|bag|wish|favou?rite|carrito|warenkorb|panier|carrinho|koszyk|sepet|add|remov/
}

/** Returns what a mapping reports of a known event. Promotions are banners if they have a bid. */
function toKind(kind: EventKind): Kind | 'other' {
  if (kind === 'promotionClick') return 'bannerClick'
  return kind === 'promotionImpression' ? 'bannerImpression' : kind
}

/** If at least this share of the ordered products is in other events, these are about products that are ordered. */
const MEETING = 0.3

/** Tells by their names, their properties and the ids in them what the events of each name are. */
export function classify({ names, pages }: Profile): { found: Classified[]; left: NotReported[] } {
  const orders = names.map((profile) => classifyOrder(profile))
  const shown = names.flatMap((profile, index) => (orders[index] ? [] : listIds(profile)))
  const purchases = orders.flatMap((order) => (order && 'kind' in order ? confirm(order, shown) : []))
  const ordered = purchases.filter(({ isSure }) => isSure).flatMap(({ profile }) => listOrderedIds(profile))
  const others = names.flatMap((profile, index) =>
    orders[index] ? [] : (classifyView(profile, ordered, pages.list().length > 0) ?? [])
  )
  return {
    found: [...purchases, ...others],
    left: orders.flatMap((order) => (order && !('kind' in order) ? order : []))
  }
}

function listOrderedIds(profile: NameProfile): IdSample[] {
  return listProductLists(profile)
    .slice(0, 1)
    .flatMap(({ productIds }) => productIds.flatMap(({ sample }) => sample ?? []))
}

function listIds(profile: NameProfile): IdSample[] {
  return [...listProductIds(profile).flatMap(({ sample }) => sample ?? []), ...listOrderedIds(profile)]
}

/** Invoices and quotes look like orders. Without the name of an order, its products have to be in other events. */
function confirm(order: Classified, shown: readonly IdSample[]): Classified {
  if (!order.isSure || order.isNamed) return order
  const met = Math.max(0, ...listOrderedIds(order.profile).map((sample) => meetAny(sample, shown)))
  const why =
    met < MEETING ? 'No other event has its products.' : `${sayShare(met)} of its products are in other events.`
  return { ...order, isSure: met >= MEETING, why: [...order.why, why] }
}

/** Returns whether the events are orders, or why they are not, although they look like some. */
function classifyOrder(profile: NameProfile): Classified | NotReported | undefined {
  const { name } = profile
  const known = findKnownEvent(name)
  const kind = known && toKind(known.kind)
  const plain = toPlain(name)
  const isNamed = WORDS.order.test(plain) && WORDS.done.test(plain)
  // `checkout` and `paid` are in names of orders too.
  const isStep = WORDS.after.test(plain) || mayNotBeOrder(isNamed ? plain.replace(/checkout|paid/g, '') : plain)
  const lists = listProductLists(profile).filter((list) => hasAmounts(list))
  const orderIds = listOrderIds(profile)
  const unreadable = listUnreadableLists(profile)
  const hasLines = lists.length > 0 || unreadable.length > 0
  if (kind !== undefined && kind !== 'purchase' && kind !== 'other') return undefined
  if (kind === 'other' || (kind === undefined && isStep)) {
    const looksLikeOrder = hasLines && orderIds.length > 0
    return looksLikeOrder ? { profile, why: 'Its name says that it changes an order, or comes before one.' } : undefined
  }
  const shape = sayShape(lists.at(0), orderIds.at(0)?.keys)
  if (kind === 'purchase' || isNamed || WORDS.order.test(plain)) {
    if (!hasLines && orderIds.length === 0) return undefined
    const why = known ? `It is the name of orders in ${known.system}.` : 'Its name says that it is an order.'
    return {
      profile,
      kind: 'purchase',
      isSure: hasLines && (kind === 'purchase' || isNamed || orderIds.length > 0),
      isNamed: true,
      why: [why, ...shape]
    }
  }
  if (lists.length === 0 || orderIds.length === 0 || WORDS.view.test(plain)) return undefined
  const isSure = lists.some(({ quantities }) => quantities.length > 0)
  return { profile, kind: 'purchase', isSure, isNamed: false, why: shape }
}

function hasAmounts({ prices, lineTotals }: ProductList): boolean {
  return prices.length + lineTotals.length > 0
}

function sayShape(list: ProductList | undefined, orderId: readonly string[] | undefined): string[] {
  if (!list) return []
  const number = orderId ? `, and an order number in ${sayPath(orderId)}` : ''
  return [`It has a list of products with ids and prices in ${sayPath(list.node.keys)}${number}.`]
}

/** Returns what events are that are no orders. */
function classifyView(profile: NameProfile, ordered: readonly IdSample[], hasPages: boolean): Classified | undefined {
  const known = findKnownEvent(profile.name)
  const plain = toPlain(profile.name)
  const named = known ? toKind(known.kind) : findKindByWords(plain)
  if (named === 'other' || named === 'purchase') return undefined
  if (named === 'pageView') {
    const why = ['There are no page calls, and this is the name of a page view.']
    return hasPages ? undefined : { profile, kind: 'pageView', isSure: true, isNamed: true, why }
  }
  const lists = listProductLists(profile).filter(({ node }) => node.maxItems > 1)
  const ids = listProductIds(profile)
  const hasBid = listBids(profile.root).some(({ keys }) => isReachable(keys))
  const kind = named && fitShape(named, ids.length > 0, lists.length > 0)
  const why = known && kind ? [`It is the name of ${KINDS[kind].noun} in ${known.system}.`] : []
  if (kind && !known) why.push(`Its name says that these are ${KINDS[kind].noun}.`)
  if (kind === 'bannerImpression' || kind === 'bannerClick') {
    return { profile, kind, isSure: hasBid, isNamed: true, why: hasBid ? why : [...why, 'It has no bid.'] }
  }
  const found = kind === 'list' ? lists[0].productIds : ids
  const met = Math.max(0, ...found.map(({ sample }) => (sample ? meetAny(sample, ordered) : 0)))
  if (met >= MEETING) why.push(`${sayShare(met)} of the ordered products are in these events.`)
  if (kind === undefined) {
    const isWorthALook = ids.length > 0 && met >= MEETING && !mayNotBeOrder(plain) && !WORDS.cart.test(plain)
    return isWorthALook ? { profile, kind: 'impression', isSure: false, isNamed: false, why } : undefined
  }
  const isAboutProducts = WORDS.product.test(plain) || WORDS.list.test(plain)
  // A click on something else on the page of a product has the id of the product too.
  const isAbout = !WORDS.part.test(plain) && (isAboutProducts || (kind !== 'click' && met >= MEETING))
  return { profile, kind, isSure: known !== undefined || isAbout || hasBid, isNamed: true, why }
}

/** Returns the kind if the events have what it is about. Undefined if they have not. */
function fitShape(kind: Kind, hasProduct: boolean, hasList: boolean): Kind | undefined {
  if (kind === 'list' || kind === 'impression') {
    if (kind === 'list' && hasList) return 'list'
    if (hasProduct) return 'impression'
    return hasList ? 'list' : undefined
  }
  return kind === 'click' && !hasProduct ? undefined : kind
}

function findKindByWords(plain: string): Kind | undefined {
  if (WORDS.cart.test(plain)) return undefined
  const isBanner = WORDS.banner.test(plain)
  if (WORDS.click.test(plain)) return isBanner ? 'bannerClick' : 'click'
  if (!WORDS.view.test(plain)) return undefined
  if (isBanner) return 'bannerImpression'
  return WORDS.list.test(plain) ? 'list' : 'impression'
}

function meetAny(sample: IdSample, others: readonly IdSample[]): number {
  return Math.max(0, ...others.map((other) => meet(other, sample)))
}

/** Returns a name without case, punctuation and accents. */
function toPlain(name: string): string {
  const letters = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
  return simplify(letters.replace(/ł/gi, 'l').replace(/ı/g, 'i'))
}
