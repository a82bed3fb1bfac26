package dev.recado.event.local;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.job.JobId;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Job events inside one process. Listeners run on the thread that publishes, one after the other:
 * nothing is queued, so nothing can pile up or be lost.
 */
public final class LocalJobEvents implements JobEvents {
  private static final Log log = Log.of(LocalJobEvents.class);

  // Subscribing is rare, publishing is not. A listener may come twice, so each has a place of its
  // own.
  private final List<Place> places = new CopyOnWriteArrayList<>();

  @Override
  public void publish(JobEvent event) {
    places.forEach(place -> place.hear(event));
  }

  /** There is no other process. */
  @Override
  public void foretellEnd(JobId job) {}

  @Override
  public Subscription subscribe(Consumer<JobEvent> listener) {
    var place = new Place(listener);
    places.add(place);
    return place;
  }

  /** Ends all subscriptions. */
  @Override
  public void close() {
    places.clear();
  }

  private final class Place implements Subscription {
    private final Consumer<JobEvent> listener;

    Place(Consumer<JobEvent> listener) {
      this.listener = listener;
    }

    void hear(JobEvent event) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        log.tellWhy(e, LogEvent.LISTENER_FAILED, event);
      }
    }

    @Override
    public void close() {
      places.remove(this);
    }
  }
}
