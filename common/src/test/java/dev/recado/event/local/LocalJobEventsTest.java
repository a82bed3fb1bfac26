package dev.recado.event.local;

import dev.recado.event.JobEvents;
import dev.recado.event.JobEventsContract;

class LocalJobEventsTest implements JobEventsContract {
  private final LocalJobEvents bus = new LocalJobEvents();

  @Override
  public JobEvents here() {
    return bus;
  }

  @Override
  public JobEvents elsewhere() {
    return bus;
  }
}
