/** An entry of the ledger holds 64 KiB: this many people fit into one with room to spare. */
const PEOPLE_PER_EVENT = 1000;

/** One event for each thousand of these people, and none for nobody. */
export function eventsNaming<Event>(
  memberIds: readonly string[],
  make: (memberIds: string[]) => Event,
): [Event, ...Event[]] | [] {
  const [first, ...rest] = Array.from({ length: Math.ceil(memberIds.length / PEOPLE_PER_EVENT) }, (_, index) =>
    make(memberIds.slice(index * PEOPLE_PER_EVENT, (index + 1) * PEOPLE_PER_EVENT)),
  );
  return first === undefined ? [] : [first, ...rest];
}
