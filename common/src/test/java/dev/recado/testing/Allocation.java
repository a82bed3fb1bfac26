package dev.recado.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory something takes for a while, be it long or not: a cost no clock is needed for.
 */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** The bytes that all threads took while this ran. */
  public static long during(Runnable work) {
    var before = THREADS.getTotalThreadAllocatedBytes();
    work.run();
    return THREADS.getTotalThreadAllocatedBytes() - before;
  }
}
