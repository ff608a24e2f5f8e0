/** The workbench's page: esbuild bundles this file into `/page.js`, and the stylesheets that it imports into `/page.css`. */
import { render } from 'preact'
import './ui/ui.css'
import './styles.css'
import { App } from './App'
import { followServer } from './events/stream'
import { followUrl } from './place'
import { followWidth } from './window'

followUrl()
followWidth()
followServer()
render(<App />, document.getElementById('page') ?? document.body)
