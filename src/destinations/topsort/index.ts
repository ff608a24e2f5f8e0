import type { DestinationDefinition, Preset } from '@segment/actions-core'
import { defaultValues, omit } from '@segment/actions-core'
import { checkKey } from './client'
import click from './click'
import type { Settings } from './generated-types'
import impression from './impression'
import impressionsList from './impressionsList'
import linkUsers from './linkUsers'
import pageviews from './pageviews'
import purchase from './purchase'

const actions = { impression, impressionsList, click, purchase, pageviews, linkUsers }

/** Creates a preset: a mapping for new customers, with the defaults of an action. */
function preset(name: string, partnerAction: keyof typeof actions, subscribe: string): Preset {
  return { name, partnerAction, subscribe, mapping: defaultValues(actions[partnerAction].fields), type: 'automatic' }
}

/** Creates a preset for banners. It reads no product, because the `id` of such an event is often that of the banner. */
function bannerPreset(name: string, partnerAction: 'impression' | 'click', subscribe: string): Preset {
  return {
    ...preset(name, partnerAction, subscribe),
    mapping: defaultValues(omit(actions[partnerAction].fields, ['productId']))
  }
}

const destination: DestinationDefinition<Settings> = {
  name: 'Topsort',
  slug: 'actions-topsort',
  mode: 'cloud',
  description: 'Report impressions, clicks, purchases and page views to Topsort, for sponsored products and banners.',

  authentication: {
    scheme: 'custom',
    fields: {
      api_key: {
        label: 'API Key',
        description:
          'Your Marketplace API Key, from Settings > API Integration in the Topsort Manager Platform. It starts with `TSE_`.',
        type: 'password',
        required: true
      },
      skipZeroPricePurchases: {
        label: 'Skip Items Without a Price',
        description:
          'Skips order lines without a price, such as gifts. Topsort rejects them. If this is off, orders are sent as they are, and Topsort decides.',
        type: 'boolean',
        default: true
      }
    },
    testAuthentication: (request, { settings }) => checkKey(request, settings)
  },

  presets: [
    preset('Impression', 'impression', 'type = "track" and event = "Product Viewed"'),
    preset('Click', 'click', 'type = "track" and event = "Product Clicked"'),
    preset('Purchase', 'purchase', 'type = "track" and event = "Order Completed"'),
    preset('Impressions List', 'impressionsList', 'type = "track" and event = "Product List Viewed"'),
    bannerPreset('Banner Impression', 'impression', 'type = "track" and event = "Banner Impression"'),
    bannerPreset('Banner Click', 'click', 'type = "track" and event = "Banner Click"'),
    preset('Page Views', 'pageviews', 'type = "page" or type = "screen"')
  ],

  actions
}

export default destination
