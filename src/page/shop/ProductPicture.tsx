import type { ComponentType } from 'preact'
import { type ShopProduct, sumCharacters } from './products'

type Props = { product: ShopProduct; isLarge?: boolean }

/** Draws a product. The name decides the drawing. The name or the id decides the color. */
export function ProductPicture({ product: { id, name }, isLarge = false }: Props) {
  const [, Drawing] = DRAWINGS.find(([pattern]) => pattern.test(name)) ?? [undefined, Jar]
  const { soft, main, deep } = TINTS.find(({ flavor }) => flavor.test(name)) ?? TINTS[sumCharacters(id) % TINTS.length]
  return (
    <svg
      class={`picture ${isLarge ? 'picture-large' : ''}`}
      style={{ '--soft': soft, '--main': main, '--deep': deep }}
      viewBox="0 0 160 130"
      aria-hidden="true"
    >
      <ellipse class="picture-shade" cx="80" cy="117" rx="44" ry="6" />
      <Drawing />
    </svg>
  )
}

/** The drawings. The first one with a word of the name is used. */
const DRAWINGS: [RegExp, ComponentType][] = [
  [/yog/i, Cup],
  [/milk|juice|drink/i, Carton],
  [/cookie|snack|chip|bread/i, Bag]
]

/** The colors of well-known flavors. The first one with a word of the name is used. Other products get any of them. */
const TINTS = [
  { flavor: /vanilla/i, soft: '#fdf1cd', main: '#f2c45a', deep: '#b9831d' },
  { flavor: /strawberry/i, soft: '#fbdfe4', main: '#ea7f93', deep: '#b33a55' },
  { flavor: /plain/i, soft: '#e6f1f8', main: '#a9cde4', deep: '#4a7f9f' },
  { flavor: /oat milk/i, soft: '#e8efd8', main: '#b4c98a', deep: '#647d36' },
  { flavor: /milk/i, soft: '#dbe6fa', main: '#6d98dd', deep: '#30589b' },
  { flavor: /cookie/i, soft: '#f6e3cd', main: '#d39a62', deep: '#85501f' }
]

function Cup() {
  return (
    <>
      <path class="tint-soft" d="M45 40h70l-8 70a6 6 0 0 1-6 6H59a6 6 0 0 1-6-6z" />
      <path class="tint-main" d="M48 62h64l-4.200 36H52.200z" />
      <path class="picture-light" d="M55 46h8l6 64h-7z" />
      <rect class="tint-deep" x="40" y="30" width="80" height="12" rx="5" />
      <path class="tint-deep" d="M108 30c8-10 14-8 16-4-4 0-8 3-9 6z" />
      <circle class="picture-paper" cx="80" cy="80" r="13" />
      <path class="tint-deep" d="M74 82c0-6 4-10 6-11 2 1 6 5 6 11a6 6 0 0 1-12 0z" />
    </>
  )
}

function Carton() {
  return (
    <>
      <path class="tint-deep" d="M58 22h44v10H58z" />
      <path class="tint-soft" d="M58 32h44l10 20H48z" />
      <path class="tint-main" d="M48 52h64v58a6 6 0 0 1-6 6H54a6 6 0 0 1-6-6z" />
      <path class="tint-deep" d="M96 52h16v58a6 6 0 0 1-6 6H96z" opacity="0.35" />
      <path class="picture-paper" d="M48 74c10-8 18 6 28 0s14-6 20-2v30H48z" />
      <circle class="picture-paper" cx="72" cy="63" r="5" />
      <circle class="tint-deep" cx="60" cy="86" r="3" />
      <circle class="tint-deep" cx="72" cy="92" r="4" />
      <circle class="tint-deep" cx="84" cy="84" r="2.500" />
    </>
  )
}

function Bag() {
  return (
    <>
      <path class="tint-main" d="M46 30h68l4 80a6 6 0 0 1-6 6H48a6 6 0 0 1-6-6z" />
      <path class="tint-deep" d="m46 30 6-8 7 8 7-8 7 8 7-8 7 8 7-8 7 8 7-8 6 8z" />
      <path class="tint-soft" d="M45 54h70l1 20H44z" />
      <Cookie x={68} y={92} size={14} />
      <circle class="tint-deep" cx="64" cy="88" r="2.200" />
      <circle class="tint-deep" cx="72" cy="91" r="2.200" />
      <circle class="tint-deep" cx="66" cy="97" r="2.200" />
      <Cookie x={96} y={97} size={12} />
      <circle class="tint-deep" cx="94" cy="94" r="2" />
      <circle class="tint-deep" cx="99" cy="100" r="2" />
    </>
  )
}

function Cookie({ x, y, size }: { x: number; y: number; size: number }) {
  return (
    <>
      <circle class="tint-deep" cx={x} cy={y} r={size} />
      <circle class="tint-soft" cx={x} cy={y} r={size - 3} />
    </>
  )
}

function Jar() {
  return (
    <>
      <rect class="tint-deep" x="54" y="24" width="52" height="14" rx="4" />
      <path
        class="tint-soft"
        d="M56 38h48c10 6 12 12 12 22v46a10 10 0 0 1-10 10H54a10 10 0 0 1-10-10V60c0-10 2-16 12-22z"
      />
      <path class="tint-main" d="M44 64h72v42a10 10 0 0 1-10 10H54a10 10 0 0 1-10-10z" />
      <rect class="picture-paper" x="58" y="70" width="44" height="28" rx="4" />
      <rect class="tint-deep" x="66" y="79" width="28" height="3" rx="1.500" />
      <rect class="tint-deep" x="70" y="87" width="20" height="3" rx="1.500" />
    </>
  )
}
