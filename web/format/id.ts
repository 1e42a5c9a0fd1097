/** @returns an id without its site: `p1200.WO-4471` as people say it, `WO-4471` */
export function shortId(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}
