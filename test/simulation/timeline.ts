/**
 * One thread, one clock: what is to happen, by its instant, in the order in which it was put there
 * where instants are equal. The clock jumps from one happening to the next.
 */
export interface Timeline {
  nowMs(): number;
  at(ms: number, happen: () => void): void;
  /**
   * Lets everything happen up to that instant; each happening comes to rest before the next begins.
   *
   * @param rest answers whether to go on
   */
  runUntil(ms: number, rest: () => Promise<boolean>): Promise<void>;
}

interface Happening {
  readonly ms: number;
  readonly serial: number;
  readonly happen: () => void;
}

export function createTimeline(startMs: number): Timeline {
  const heap: Happening[] = [];
  let now = startMs;
  let serial = 0;
  return {
    nowMs: () => now,
    at(ms, happen) {
      serial += 1;
      push(heap, { ms: Math.max(now, Math.floor(ms)), serial, happen });
    },
    async runUntil(ms, rest) {
      for (let first = heap[0]; first !== undefined && first.ms <= ms; first = heap[0]) {
        pop(heap);
        now = first.ms;
        first.happen();
        if (!(await rest())) return;
      }
      now = ms;
    },
  };
}

function push(heap: Happening[], happening: Happening): void {
  let place = heap.push(happening) - 1;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isBefore(happening, heap[parent])) break;
    swap(heap, place, parent);
    place = parent;
  }
}

function pop(heap: Happening[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const right = left + 1;
    const child = isBefore(heap[right], heap[left]) ? right : left;
    if (!isBefore(heap[child], last)) return;
    swap(heap, place, child);
    place = child;
  }
}

function isBefore(one: Happening | undefined, other: Happening | undefined): boolean {
  if (one === undefined) return false;
  if (other === undefined) return true;
  return one.ms < other.ms || (one.ms === other.ms && one.serial < other.serial);
}

function swap(heap: Happening[], one: number, other: number): void {
  const kept = heap[one] as Happening;
  heap[one] = heap[other] as Happening;
  heap[other] = kept;
}
