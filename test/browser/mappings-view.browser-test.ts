import type { BrowserContextOptions, Page } from 'playwright-core'
import { NARROW, expectSoon, findAccessibilityProblems, overflowOf, serveView } from './workbench-page'

describe('the view of mappings', () => {
  const view = serveView()
  let page: Page
  let presets: unknown

  beforeAll(async () => {
    presets = await ask('GET', '/workbench/mappings')
  })
  beforeEach(async () => {
    await ask('PUT', '/workbench/mappings', presets)
  })

  async function open(place = '', options: BrowserContextOptions = {}): Promise<void> {
    await openFields(place, options)
    await page.getByRole('tab', { name: 'JSON' }).click()
    await editor().waitFor()
  }

  async function openFields(place = '', options: BrowserContextOptions = {}): Promise<void> {
    page = await view.open(`#/mappings${place}`, options)
    await page.getByRole('tab', { name: 'Fields' }).waitFor()
  }

  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${view.workbench.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
    expect(response.status).toBe(200)
    return response.json()
  }

  async function track(event: string, properties: object): Promise<void> {
    await ask('POST', '/v1/track', { anonymousId: 'ann', event, properties, messageId: crypto.randomUUID() })
    await view.workbench.pipeline.drain()
  }

  const editor = () => page.locator('.cm-content')
  const preview = () => page.locator('.preview-row')
  const save = () => page.getByRole('button', { name: 'Save' })
  const undo = () => page.getByRole('button', { name: 'Undo', exact: true })
  const trigger = () => page.getByLabel('Takes the events')

  /** Adds a draft for an action. */
  async function add(action: string): Promise<void> {
    await page.locator('summary', { hasText: 'Add' }).click()
    await page.getByRole('button', { name: action, exact: true }).click()
  }
  const mapping = (name: string) => view.workbench.pipeline.mappings().find((each) => each.name === name)

  /** Writes into the editor as somebody who pastes: brackets are not closed by themselves. */
  async function paste(text: string): Promise<void> {
    await editor().focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(text)
  }

  /** Chooses the first completion once it is the one with this text. */
  async function choose(text: string): Promise<void> {
    await page.locator('.cm-tooltip-autocomplete li[aria-selected]').filter({ hasText: text }).waitFor()
    // CodeMirror takes an Enter that comes sooner for a line break.
    await page.waitForTimeout(100)
    await page.keyboard.press('Enter')
  }

  test('shows at once what an edited mapping changes in the events that it takes', async () => {
    await track('Product Clicked', { product_id: 'p_1', article: 'a_1' })
    await open('?mapping=Click')
    await page.getByText('Nothing is edited. It takes 1 event.').waitFor()

    await paste(
      '{"opaqueUserId": {"@path": "$.anonymousId"}, "id": {"@path": "$.messageId"}, "occurredAt": {"@path": "$.timestamp"}, "productId": {"@path": "$.properties.article"}}'
    )
    await preview().getByText('changes', { exact: true }).waitFor()
    expect(await preview().locator('.changes li').first().innerText()).toMatch(/entity\.id\s+"p_1"\s+.*"a_1"/s)
    expect(mapping('Click')?.mapping).not.toHaveProperty('productId', { '@path': '$.properties.article' })
  })

  test('maps events with an edited mapping once it is saved', async () => {
    await open('?mapping=Click')
    await paste(
      '{"opaqueUserId": {"@path": "$.anonymousId"}, "id": {"@path": "$.messageId"}, "occurredAt": {"@path": "$.timestamp"}, "productId": {"@path": "$.properties.article"}}'
    )
    await save().click()
    await page.getByText('Saved Click.').waitFor()
    await track('Product Clicked', { article: 'a_1' })
    expect(view.workbench.sandbox!.ledger().clicks.map(({ entity }) => entity)).toEqual([
      { type: 'product', id: 'a_1' }
    ])
  })

  test('previews another trigger', async () => {
    await track('Product Added', { product_id: 'p_1' })
    await open('?mapping=Click')
    await page.getByText('No event that was kept fits the trigger').waitFor()
    await page.getByLabel('Takes the events').fill('type = "track" and event = "Product Added"')
    await preview().getByText('would be taken').waitFor()
  })

  test('marks invalid JSON, and does not save it', async () => {
    await open('?mapping=Click')
    await paste('{"productId": ')
    await page.getByText(/^The mapping is not JSON yet: /).waitFor()
    await page.locator('.cm-lint-marker-error').first().waitFor()
    expect(await save().isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Undo all' }).click()
    await page.locator('.cm-lint-marker-error').waitFor({ state: 'detached' })
    expect(await editor().innerText()).toContain('"$.properties.opaqueUserId"')
  })

  test('marks a field that the action does not have', async () => {
    await open('?mapping=Click')
    await paste('{"produktId": {"@path": "$.properties.product_id"}}')
    await page.locator('.cm-lintRange-warning', { hasText: '"produktId"' }).hover()
    await page.getByText('There is no field "produktId" here.').waitFor()
    forgiveRefusals()
  })

  test("shows the server's message about an invalid mapping", async () => {
    await open('?mapping=Click')
    await page.getByLabel('Takes the events').fill('Product Clicked')
    await page.locator('.mapping-form .problem').waitFor()
    expect(await page.locator('.mapping-form .problem').innerText()).toContain('Click')
    expect(await save().isDisabled()).toBe(true)
    forgiveRefusals()
  })

  test('completes the fields of the action, and the paths of recent events', async () => {
    await track('Product Clicked', { product_id: 'p_1', house_number: 'a_1' })
    await open('?mapping=Click')
    await preview().first().waitFor()
    await paste('{\n\n}')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.type('"product')
    await choose('productId')
    await editor().filter({ hasText: '"$."' }).waitFor()
    await page.keyboard.type('properties.house')
    await choose('$.properties.house_number')
    await editor().filter({ hasText: '"$.properties.house_number"' }).waitFor()
    expect(JSON.parse(await editor().innerText())).toEqual({ productId: { '@path': '$.properties.house_number' } })
  })

  test('keeps the draft of a mapping while another one is open', async () => {
    await open('?mapping=Click')
    await paste('{"productId": "edited"}')
    await page.getByText('not saved').first().waitFor()
    await page.getByRole('link', { name: /^Purchase/ }).click()
    await page.getByRole('heading', { name: 'Purchase' }).waitFor()
    await page.locator('.cm-content[aria-label*="Purchase"]').waitFor()
    expect(await editor().innerText()).not.toContain('edited')
    expect(await save().isDisabled()).toBe(true)
    await page.getByRole('link', { name: /^Click not saved/ }).click()
    await page.locator('.cm-content[aria-label*="Click"]').waitFor()
    expect(await editor().innerText()).toBe('{"productId": "edited"}')
    expect(mapping('Click')?.mapping.productId).not.toBe('edited')
  })

  test('never changes text that is being typed in the editor', async () => {
    await track('Product Clicked', { product_id: 'p_1' })
    await open('?mapping=Click')
    await paste('{}')
    await page.keyboard.press('ArrowLeft')
    const typed = '\n  "vendorId": 12345678901234567890,\n  "note": "abcdefghijklmnopqrstuvwxyz"'
    for (const character of typed) await page.keyboard.insertText(character)
    expect(await editor().innerText()).toBe(`{${typed}}`)
  })

  test('puts the defaults of the preset into the editor, without a product for a banner', async () => {
    const { mapping: defaults } = mapping('Banner Click')!
    await open('?mapping=Banner+Click')
    await paste('{"id": {"@path": "$.messageId"}}')
    await save().click()
    await page.getByText('Saved Banner Click.').waitFor()
    expect(mapping('Banner Click')?.mapping).not.toEqual(defaults)
    await page.getByRole('button', { name: 'Defaults' }).click()
    await save().click()
    await expectSoon(() => JSON.stringify(mapping('Banner Click')?.mapping), JSON.stringify(defaults))
    expect(defaults).not.toHaveProperty('productId')
  })

  test('switches a mapping off, and on again', async () => {
    await open()
    const click = page.getByRole('switch', { name: 'Switch on Click' })
    await click.click({ force: true })
    await expectSoon(() => mapping('Click')?.enabled, false)
    await click.click({ force: true })
    await expectSoon(() => mapping('Click')?.enabled, true)
  })

  test("changes the destination's settings", async () => {
    await open()
    await page.getByRole('switch', { name: 'Skip Items Without a Price' }).click({ force: true })
    await expectSoon(() => view.workbench.pipeline.settings().skipZeroPricePurchases, false)
    await page.getByRole('switch', { name: 'Skip Items Without a Price' }).click({ force: true })
    await expectSoon(() => view.workbench.pipeline.settings().skipZeroPricePurchases, true)
  })

  test('adds a draft for an action, which takes no events, is renamed and saved switched off, and removes it', async () => {
    await open()
    await add('Link Users')
    await page.getByRole('heading', { name: 'Link Users' }).waitFor()
    await expectSoon(() => trigger().inputValue(), '')
    expect(await save().isDisabled()).toBe(true)
    expect(mapping('Link Users')).toBeUndefined()

    await page.getByLabel('Name').fill('Logins')
    await trigger().fill('type = "track" and event = "Signed In"')
    await save().click()
    await page.getByText('Saved Logins. It is switched off.').waitFor()
    expect(mapping('Logins')).toMatchObject({ enabled: false, partnerAction: 'linkUsers' })
    await page.getByRole('switch', { name: 'Switch on Logins' }).click({ force: true })
    await expectSoon(() => mapping('Logins')?.enabled, true)

    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('Removed Logins.').waitFor()
    expect(mapping('Logins')).toBeUndefined()
    await undo().click()
    await expectSoon(() => mapping('Logins')?.enabled, true)
  })

  test('keeps drafts after a reload, and brings a dropped one back', async () => {
    await open()
    await add('Click')
    await trigger().fill('type = "track" and event = "Tap"')
    await page.reload()
    await page.getByRole('link', { name: /^Click \(2\) draft/ }).waitFor()
    await expectSoon(() => trigger().inputValue(), 'type = "track" and event = "Tap"')
    await page.getByRole('button', { name: 'Drop the draft' }).click()
    await page.getByRole('link', { name: /^Click \(2\)/ }).waitFor({ state: 'detached' })
    await undo().click()
    await page.getByRole('heading', { name: 'Click (2)' }).waitFor()
    await expectSoon(() => trigger().inputValue(), 'type = "track" and event = "Tap"')
  })

  test('warns before a mapping is saved that sends each event twice', async () => {
    await open()
    await add('Click')
    await trigger().fill('type = "track" and event = "Product Clicked"')
    await page.getByText('Also taken by Click: each event would be sent twice.').waitFor()
    await page.getByRole('button', { name: 'Save anyway' }).waitFor()
    await trigger().fill('type = "track" and event = "Product Viewed"')
    await page.getByText('Also taken by Impression, which reports something else.').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor()
  })

  test('offers the events that no mapping takes', async () => {
    await track('ad_click', { sku: 'p_1' })
    await openFields()
    await add('Click')
    await page.getByRole('button', { name: 'ad_click' }).click()
    await preview().getByText('would be taken').waitFor()
    await expectSoon(() => trigger().inputValue(), 'type = "track" and event = "ad_click"')
    await save().click()
    await expectSoon(() => mapping('Click (2)')?.subscribe, 'type = "track" and event = "ad_click"')
  })

  test('refuses two mappings with one name', async () => {
    await open('?mapping=Click')
    await page.getByLabel('Name').fill('Purchase')
    await page.getByText('Another mapping has this name.').waitFor()
    expect(await save().isDisabled()).toBe(true)
  })

  test('offers the spelling of a trigger that Segment reads as it is meant', async () => {
    await open('?mapping=Click')
    await trigger().fill('type = "track" and !(event = "Refund")')
    await page.getByText('parser drops the "!"').waitFor()
    await page.getByRole('button', { name: 'Use this' }).click()
    await expectSoon(() => trigger().inputValue(), 'type = "track" and event != "Refund"')
    await save().click()
    await expectSoon(() => mapping('Click')?.subscribe, 'type = "track" and event != "Refund"')
    forgiveRefusals()
  })

  test('names the parts of a trigger and the paths that no event has', async () => {
    await track('Product Clicked', { product_id: 'p_1' })
    await openFields('?mapping=Click')
    await page.getByLabel('Where Channel comes from').fill('$.properties.chanel')
    await page.getByText('The newest event does not have this path').waitFor()
    await trigger().fill('type = "track" and event = "Product Clickd" and properties.list = "ads"')
    await page.getByText('No event here is called “Product Clickd”.').waitFor()
    await page.getByText('No event here has properties.list.').waitFor()
    await track('Product Clicked', { product_id: 'p_2' })
    await trigger().fill('type = "track" and event = "Product Clicked"')
    await page.getByText('None of the newest 2 events has this path').waitFor()
  })

  test('shows where each field comes from, and its value in the newest event', async () => {
    await track('Product Clicked', { product_id: 'p_1', article: 'a_1' })
    await openFields('?mapping=Click')
    const row = page.getByRole('row', { name: 'Product ID' }).first()
    await row.getByText('p_1', { exact: true }).waitFor()
    await page.getByLabel('Where Product ID comes from', { exact: true }).fill('$.properties.article')
    await row.getByText('a_1', { exact: true }).waitFor()
    await preview().getByText('changes', { exact: true }).waitFor()

    const bid = page.getByLabel('Where Resolved Bid ID comes from', { exact: true })
    await bid.fill('')
    await bid.pressSequentially('$.properties.bid else $.properties.ad.bid')
    await bid.blur()
    const second = page.getByLabel('Where Resolved Bid ID comes from, choice 2')
    await second.waitFor()
    expect([await bid.inputValue(), await second.inputValue()]).toEqual(['$.properties.bid', '$.properties.ad.bid'])
    await save().click()
    await page.getByText('Saved Click.').waitFor()
    expect(mapping('Click')?.mapping.resolvedBidId).toEqual({
      '@if': {
        exists: { '@path': '$.properties.bid' },
        then: { '@path': '$.properties.bid' },
        else: { '@path': '$.properties.ad.bid' }
      }
    })
    expect(mapping('Click')?.mapping.productId).toMatchObject({
      '@if': { exists: { '@path': '$.properties.article' }, else: {} }
    })
  })

  test('removes a field that is emptied, and shows the rest in JSON', async () => {
    await openFields('?mapping=Click')
    await page.getByLabel('Where Channel comes from').fill('')
    await page.getByLabel('Where Channel comes from').blur()
    await page.getByText('not saved').first().waitFor()
    await page.getByRole('button', { name: 'edit Page in JSON' }).click()
    await editor().waitFor()
    expect(await editor().innerText()).toContain('"page"')
    expect(await editor().innerText()).not.toContain('"channel"')
  })

  test('finds the list of items that a mapping lacks, and maps it with one click', async () => {
    const lines = [{ sku: 'p_1', price: 2 }]
    for (let order = 0; order < 2; order += 1) await track('Order Completed', { line_items: lines })
    await track('Order Completed', { products: lines })
    await openFields('?mapping=Purchase')
    const summary = page.locator('.preview-summary')
    await summary.getByText('2 of 3 would fail: no items.').waitFor()
    await preview().getByText('This order has no items: there is nothing at $.properties.products.').first().waitFor()
    await summary.getByText('$.properties.line_items has a list that looks like them.').waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await summary.getByRole('button', { name: 'Use it: $.properties.line_items' }).click()
    await summary.getByText('1 of 3 would fail: no items.').waitFor()
    await expectSoon(() => page.getByLabel('Where Items comes from').inputValue(), '$.properties.line_items')
  })

  test('finds text in the editor', async () => {
    await open('?mapping=Click')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.keyboard.type('anonymousId')
    await page.locator('.cm-searchMatch').first().waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
  })

  test("imports the mappings of a customer from Segment's Public API, and exports them again", async () => {
    const subscription = {
      id: 'sub_1',
      name: 'Taps',
      actionId: 'a_1',
      actionSlug: 'click',
      enabled: true,
      trigger: 'type = "track" and event = "Tap"',
      settings: { productId: { '@path': '$.properties.sku' }, opaqueUserId: { '@path': '$.userId' } }
    }
    await open()
    await page.getByRole('button', { name: 'Import mappings' }).click()
    await page.getByLabel('A file').setInputFiles({
      name: 'subscriptions.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ data: { subscriptions: [subscription] } }))
    })
    const changes = page.locator('.entry-changes > li')
    await changes.first().waitFor()
    expect(await changes.allInnerTexts()).toEqual([
      expect.stringMatching(/^Taps added/),
      ...Array.from({ length: (presets as unknown[]).length }, () => expect.stringMatching(/ removed/) as string)
    ])
    expect(view.workbench.pipeline.mappings()).toHaveLength((presets as unknown[]).length)
    await page.getByRole('button', { name: 'Replace all mappings' }).click()
    await page.getByText('Imported 1 mapping').waitFor()
    expect(view.workbench.pipeline.mappings().map(({ name }) => name)).toEqual(['Taps'])
    await page.getByRole('heading', { name: 'Taps' }).waitFor()
    expect(await editor().innerText()).toContain('"$.properties.sku"')

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click()
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: { subscriptions: object[] } }
    const { name, actionSlug, enabled, trigger, settings } = subscription
    expect(data.subscriptions).toEqual([expect.objectContaining({ name, actionSlug, enabled, trigger, settings })])

    await undo().click()
    await expectSoon(() => view.workbench.pipeline.mappings().length, (presets as unknown[]).length)
  })

  test('explains why mappings cannot be imported, and changes nothing', async () => {
    await open()
    await page.getByRole('button', { name: 'Import mappings' }).click()
    await page
      .getByLabel('Or its text')
      .fill('[{"name": "Taps", "action": "tap", "trigger": "type = \\"track\\"", "enabled": true, "mapping": {}}]')
    await page.locator('.dialog .problem').waitFor()
    expect(await page.locator('.dialog .problem').innerText()).toContain('Taps')
    expect(await page.getByRole('button', { name: 'Replace all mappings' }).isDisabled()).toBe(true)
    expect(view.workbench.pipeline.mappings()).toHaveLength((presets as unknown[]).length)
    forgiveRefusals()
  })

  test('imports the destination filters of a customer, and removes them', async () => {
    const filter = { id: 'f_1', title: 'No staff', if: 'userId = "staff"', enabled: true, actions: [{ type: 'DROP' }] }
    const off = { ...filter, id: 'f_2', title: 'Asleep', enabled: false }
    await open()
    await page.getByRole('button', { name: 'Import filters' }).click()
    await page.getByLabel('A file').setInputFiles({
      name: 'filters.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ data: { filters: [filter, off] } }))
    })
    await page.getByRole('button', { name: 'Replace all filters' }).click()
    await page.getByText('Imported 2 filters').waitFor()
    expect(await page.locator('.filter-list li').allInnerTexts()).toEqual([
      expect.stringMatching(/^No staff\s+DROP if userId = "staff"$/),
      expect.stringMatching(/^Asleep off\s+DROP if/)
    ])
    await ask('POST', '/v1/track', { userId: 'staff', event: 'Product Clicked', messageId: 'of-staff' })
    expect(view.workbench.pipeline.deliveries().at(-1)).toMatchObject({
      stage: 'filtered',
      message: 'Filtered "Product Clicked". The filter "No staff" drops it.'
    })

    expect(await findAccessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Remove all' }).click()
    await page.getByText('Removed all filters.').waitFor()
    expect(view.workbench.pipeline.filters()).toEqual([])
    await page.locator('.filter-list').waitFor({ state: 'detached' })
    await undo().click()
    await page.locator('.filter-list').waitFor()
    expect(view.workbench.pipeline.filters()).toEqual([filter, off])
    await ask('PUT', '/workbench/filters', [])
  })

  test('explains why filters cannot be imported, and changes nothing', async () => {
    await open()
    await page.getByRole('button', { name: 'Import filters' }).click()
    await page.getByLabel('Or its text').fill('[{"title": "Odd", "if": "type ~ 1", "actions": []}]')
    await page.locator('.dialog .problem').waitFor()
    expect(await page.locator('.dialog .problem').innerText()).toContain('The filter "Odd"')
    expect(await page.getByRole('button', { name: 'Replace all filters' }).isDisabled()).toBe(true)
    expect(view.workbench.pipeline.filters()).toEqual([])
    forgiveRefusals()
  })

  test('a question mark that is typed in the JSON is text, and opens no help', async () => {
    await open()
    await editor().click()
    await page.keyboard.type('?')
    await editor().filter({ hasText: '?' }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('loads the editor only when it is shown', async () => {
    page = await view.open('#/findings')
    const loaded = () => page.evaluate<string[]>('performance.getEntriesByType("resource").map(({ name }) => name)')
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    expect((await loaded()).filter((name) => name.includes('json-editor'))).toEqual([])
    await page.getByRole('link', { name: 'Mappings' }).click()
    await page.getByRole('tab', { name: 'JSON' }).click()
    await editor().waitFor()
    expect((await loaded()).filter((name) => name.includes('json-editor'))).toHaveLength(1)
  })

  test.each(['light', 'dark'] as const)('the view of mappings is accessible in %s colors', async (colorScheme) => {
    await track('Product Viewed', { product_id: 'p_1' })
    await openFields('', { colorScheme })
    await preview().first().waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await page.getByRole('tab', { name: 'JSON' }).click()
    await editor().waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await page.getByRole('link', { name: /^Purchase/ }).click()
    await page.getByRole('tab', { name: 'Fields' }).click()
    await add('Impression')
    await trigger().fill('type = "track" and event = "Product Viewed"')
    await page.getByRole('button', { name: 'Save anyway' }).waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Import mappings' }).click()
    expect(await findAccessibilityProblems(page)).toEqual([])
  })

  test('the view of mappings fits a window of 360 pixels', async () => {
    await track('Product Viewed', { product_id: 'p_1' })
    await openFields('', NARROW)
    await preview().first().waitFor()
    expect(await overflowOf(page)).toBe(0)
    await page.getByRole('tab', { name: 'JSON' }).click()
    await editor().waitFor()
    expect(await overflowOf(page)).toBe(0)
  })

  /** Chromium calls each refusal of the server an error, even if the page shows it to its reader. */
  function forgiveRefusals(): void {
    view.accept('400 (Bad Request)')
  }

  describe('suggests mappings', () => {
    const dialog = () => page.getByRole('dialog', { name: 'Suggested mappings' })

    beforeEach(async () => {
      await fetch(`${view.workbench.url}/workbench?keep=mappings`, { method: 'DELETE' })
      for (let index = 0; index < 30; index += 1) {
        const line_items = [{ item_id: `p_${index}`, unit_price: 4 + index, qty: 2, seller_id: 'v_1' }]
        await track('order_completed', {
          order_number: `o_${index}`,
          total: (4 + index) * 2,
          currency: 'EUR',
          line_items
        })
      }
    })

    async function suggest(options: BrowserContextOptions = {}): Promise<void> {
      await openFields('', options)
      await page.getByRole('button', { name: 'Suggest' }).click()
      await dialog()
        .getByRole('heading', { name: /^Purchase/ })
        .waitFor()
    }

    test('for orders of another name, as a draft that is switched off until it is saved', async () => {
      await suggest()
      expect(await dialog().innerText()).toMatch(/30 delivered, 0 failed/)
      await dialog().getByRole('button', { name: 'Open as a draft' }).first().click()
      await page.getByText('order_completed').first().waitFor()
      expect(view.workbench.pipeline.mappings().some(({ subscribe }) => subscribe.includes('order_completed'))).toBe(
        false
      )
    })

    test('and takes all of them, which can be undone', async () => {
      await suggest()
      await dialog().getByRole('button', { name: 'Take all' }).click()
      await undo().waitFor()
      expect(view.workbench.pipeline.mappings().some(({ subscribe }) => subscribe.includes('order_completed'))).toBe(
        true
      )
      await undo().click()
      await page.getByText('Suggest').first().waitFor()
    })

    test.each([
      ['light', {}],
      ['dark', NARROW]
    ] as const)('without accessibility problems in the %s scheme', async (colorScheme, options) => {
      await suggest({ ...options, colorScheme })
      expect(await findAccessibilityProblems(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
    })
  })
})
