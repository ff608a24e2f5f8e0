/** The demo shop: esbuild bundles this file into `/shop.js`, and the stylesheets that it imports into `/shop.css`. */
import { render } from 'preact'
import '../ui/ui.css'
import '../ui/layout.css'
import './shop.css'
import { Shop } from './Shop'
import { followUrl } from './route'

followUrl()
render(<Shop />, document.getElementById('page') ?? document.body)
