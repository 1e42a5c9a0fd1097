const MAX_FILTER_LENGTH = 512;

/** Whether a text is a topic filter (MQTT 3.1.1, 4.7) on which a device may be allowed to publish. */
export function isFilter(filter: string): boolean {
  if (filter === '' || filter.length > MAX_FILTER_LENGTH || /\p{Cc}/u.test(filter)) return false;
  if (filter.startsWith('$') || filter === 'cmd' || filter.startsWith('cmd/')) return false;
  const levels = filter.split('/');
  return levels.every(
    (level, i) => level === '+' || (level === '#' && i === levels.length - 1) || !/[+#]/.test(level),
  );
}

/** Whether a topic matches a filter; wildcards never reach topics that start with `$` (MQTT 3.1.1, 4.7.2). */
export function filterMatches(filter: string, topic: string): boolean {
  if (filter === topic) return true;
  if (topic.startsWith('$')) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === '#') return true;
    if (i >= levels.length) return false;
    if (wanted[i] !== '+' && wanted[i] !== levels[i]) return false;
  }
  return wanted.length === levels.length;
}
