/** The workbench's page: esbuild bundles this file into `/page.js`, and the stylesheets that it imports into `/page.css`. */
import { render } from 'preact'
import './ui/ui.css'
import './ui/layout.css'
import './shell.css'
import './components/components.css'
import { App } from './App'
import { followUrl } from './place'
import { followServer } from './stream/follow-server'

followUrl()
followServer()
render(<App />, document.getElementById('page') ?? document.body)
