/** Raised when the shape of any room's state or of the sense state changes; older snapshots are then discarded. */
export const SNAPSHOT_FORMAT = '17';
