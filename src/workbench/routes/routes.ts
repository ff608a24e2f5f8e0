import type { Hono } from 'hono'
import { trackingCalls } from '../../pipeline'
import type { Parts } from '../parts'
import { samples } from '../samples'
import { type Environment, needSandbox, waitIfAsked } from './context'
import { createDeliveryRoutes } from './delivery-routes'
import { createMappingRoutes } from './mapping-routes'
import { sendFile, showPage } from './page-routes'
import * as sandboxRoutes from './sandbox-routes'
import { createShopperRoutes } from './shopper-routes'
import { createStateRoutes } from './state-routes'
import { createStreamRoute } from './stream-routes'
import { createTesterRoutes } from './tester-routes'
import { createTopsortRoute } from './topsort-routes'
import { passToSandbox, takeIn } from './tracking-routes'

/**
 * Adds all routes of the workbench. Each line is a route. The handler comes last, after what happens before it: `wait`
 * takes `?wait`, and `sandboxed` answers 404 in live mode.
 */
export function addRoutes(app: Hono<Environment>, parts: Parts): void {
  const { definition, pipeline, findings, sandbox, clock, loadPages } = parts
  const wait = waitIfAsked(pipeline)
  const sandboxed = needSandbox(sandbox)
  const deliveries = createDeliveryRoutes(parts)
  const mappings = createMappingRoutes(parts)
  const ofShoppers = createShopperRoutes(parts)
  const state = createStateRoutes(parts)
  const tester = createTesterRoutes(parts)

  // Segment's Tracking API. Kotlin, Swift and C# put only `/b` behind the host that is set in them. The browser SDK sends
  // metrics to `/v1/m` twice a minute. Without an answer, the shop's console would show an error.
  for (const [path, call] of Object.entries(trackingCalls)) app.post(`/v1/${path}`, takeIn(pipeline, call, clock.now))
  app.post('/b', takeIn(pipeline, 'batch', clock.now))
  app.post('/v1/m', (c) => c.json({ success: true }))

  // Topsort's API.
  app.all('/v2/*', sandboxed, passToSandbox(findings))

  // What became of the events.
  app.get('/workbench/deliveries', wait, deliveries.list)
  app.get('/workbench/deliveries/latest', wait, deliveries.latest)
  app.get('/workbench/deliveries/:sequence{\\d+}', deliveries.find)
  app.get('/workbench/counts', wait, deliveries.counts)
  app.get('/workbench/findings', wait, deliveries.findings)
  app.get('/workbench/diagnosis', wait, deliveries.diagnosis)
  app.get('/workbench/stream', createStreamRoute(parts))
  app.get('/workbench/ledger', sandboxed, wait, sandboxRoutes.showLedger)
  app.get('/workbench/shoppers', sandboxed, wait, ofShoppers.list)
  app.get('/workbench/worklist', sandboxed, wait, ofShoppers.worklist)
  app.get('/workbench/shoppers/:user', sandboxed, wait, ofShoppers.find)
  app.get('/workbench/attribution', sandboxed, wait, sandboxRoutes.showAttribution)
  app.put('/workbench/attribution', sandboxed, sandboxRoutes.createAttributionChange(parts))

  // What happens next.
  app.get('/workbench/mappings', mappings.show)
  app.put('/workbench/mappings', mappings.replace)
  app.get('/workbench/filters', mappings.showFilters)
  app.put('/workbench/filters', mappings.replaceFilters)
  app.get('/workbench/settings', mappings.showSettings)
  app.put('/workbench/settings', mappings.changeSettings)
  app.get('/workbench/definition', mappings.showDefinition)
  app.post('/workbench/preview', mappings.preview)
  app.get('/workbench/suggestions', wait, mappings.suggest)
  app.get('/workbench/faults', sandboxed, sandboxRoutes.showFaults)
  app.put('/workbench/faults', sandboxed, sandboxRoutes.scriptFaults)
  app.put('/workbench/auctions', sandboxed, sandboxRoutes.scriptAuctions)
  app.get('/workbench/catalogue', sandboxed, sandboxRoutes.showCatalogue)
  app.put('/workbench/catalogue', sandboxed, sandboxRoutes.replaceCatalogue)
  app.get('/workbench/clock', sandboxed, sandboxRoutes.showClock(parts))
  app.put('/workbench/clock', sandboxed, sandboxRoutes.setClock(parts))
  app.get('/workbench/samples', (c) => c.json(samples))
  app.get('/workbench/state', wait, state.save)
  app.put('/workbench/state', state.open)
  app.post('/workbench/replay', deliveries.replay)
  app.post('/workbench/topsort', createTopsortRoute(parts))
  app.delete('/workbench', state.forget)

  // Segment's hosted Actions Tester.
  app.get('/manifest', tester.manifest)
  app.post('/authenticate', tester.authenticate)
  for (const key of Object.keys(definition.actions)) app.post(`/${key}`, tester.run(key))

  if (loadPages) addPages(app, loadPages)
}

/** Adds the page and the demo shop. Browsers ask for an icon on their own, and the page names one that needs no request. */
function addPages(app: Hono<Environment>, loadPages: NonNullable<Parts['loadPages']>): void {
  app.get('/', showPage('page', 'Topsort workbench'))
  app.get('/shop', showPage('shop', 'Demo shop'))
  for (const file of ['/page.js', '/page.css', '/shop.js', '/shop.css', '/parts/:file']) {
    app.get(file, sendFile(loadPages))
  }
  app.get('/favicon.ico', (c) => c.body(null, 204))
}
