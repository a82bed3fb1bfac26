package dev.recado.queue.local;

import dev.recado.queue.TaskConsumer.Rings;

/** What was heard and may yet have to be heard again. Thread-safe. */
final class UnacknowledgedRings {
  private int count;
  private int round;

  synchronized Rings add(int rings) {
    count += rings;
    return new Heard(rings, round);
  }

  /** Forgets them all; acknowledging one of them later has no effect any more. */
  synchronized int takeBack() {
    var taken = count;
    count = 0;
    round++;
    return taken;
  }

  private synchronized void settle(int rings, int ofRound) {
    if (ofRound == round) {
      count -= rings;
    }
  }

  private final class Heard implements Rings {
    private final int count;
    private final int ofRound;
    private boolean settled;

    Heard(int count, int ofRound) {
      this.count = count;
      this.ofRound = ofRound;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void acknowledge() {
      synchronized (UnacknowledgedRings.this) {
        if (!settled) {
          settled = true;
          settle(count, ofRound);
        }
      }
    }
  }
}
