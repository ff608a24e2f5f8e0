/** The demo shop: esbuild bundles this file into `/shop.js`, and its stylesheet into `/shop.css`. */
import { render } from 'preact'
import { Shop } from './Shop'
import { followUrl } from './route'
import './shop.css'

followUrl()
render(<Shop />, document.getElementById('page') ?? document.body)
