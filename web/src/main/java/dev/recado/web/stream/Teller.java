package dev.recado.web.stream;

import java.io.IOException;

/** Tells one client of one job, step by step. For one thread. */
public interface Teller {
  /** Tells what there is to tell. */
  Next tell() throws IOException;

  /** Says that web stops, to a client that would take the end of the stream for that of all. */
  default void breakOff() throws IOException {}

  /** What there will be to tell. */
  enum Next {
    /** There is more. */
    NOW,
    /** There will be more. */
    LATER,
    /** That was all. */
    NOTHING
  }
}
