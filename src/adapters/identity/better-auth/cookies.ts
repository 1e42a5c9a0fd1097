export function cookiesOnly(headers: Headers): Headers {
  const cookie = headers.get('cookie');
  return new Headers(cookie ? { cookie } : {});
}

export function nameAndValue(setCookie: string): string {
  return setCookie.split(';', 1)[0] ?? '';
}
