import { simplify } from '../core'

const PRODUCT_ID =
  /^((item|product|prod|variant|variation|article|listing|offer|goods|master|parent|entity)s?)?(id|sku|code|number|no|ref|reference|key|handle)$|^(pid|ean|gtin|asin|upc|mpn)$/

const PRICE = /price|preis|precio|prix|prezzo|preco|^(amount|cost|value|unitamount|unitcost)$/

const TOTAL = /total|sum|old|before|original|regular|compare|msrp|list|tax|max|min|currency|discount|type|label/

const USER_ID =
  /^(user|customer|client|visitor|member|shopper|account|device|anonymous|profile|guest|session)(id|number|key|token)$|^(uid|cid)$/

/** Returns whether a key could hold the id of a product, such as `productID`, `item_id` or `SKU`. */
export function looksLikeProductId(key: string): boolean {
  return PRODUCT_ID.test(simplify(key))
}

/** Returns whether a key could hold the price of one piece, such as `unit_price`. */
export function looksLikePrice(key: string): boolean {
  const simple = simplify(key)
  return PRICE.test(simple) && !TOTAL.test(simple)
}

/** Returns whether a key could hold the id of a user, such as `customer_id`. */
export function looksLikeUserId(key: string): boolean {
  return USER_ID.test(simplify(key))
}
