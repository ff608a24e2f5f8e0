import type { Report } from '../report'
export function renderReport(report: Report): string {
  return JSON.stringify(report)
}
