package dev.recado.web.stream;

import dev.recado.job.JobId;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.web.answer.RequestIds;
import dev.recado.web.problem.Problem;
import dev.recado.web.stream.Teller.Next;
import dev.recado.web.wait.Listener;
import dev.recado.web.wait.Sleepers;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Streams of events about jobs, so many at once. Each holds the thread of its request, which should
 * be a virtual one, until there is no more to tell, the client hangs up or web stops. Thread-safe.
 */
public final class EventStreams {
  private static final Log log = Log.of(EventStreams.class);
  private static final String MEDIA_TYPE = "text/event-stream";
  private static final int FULL_FOR_SECONDS = 5;

  private final Sleepers sleepers;
  private final StreamSettings settings;
  private final Semaphore free;

  /** None is open yet; each looks at its job again when the bus tells of a change. */
  public EventStreams(Sleepers sleepers, StreamSettings settings) {
    this.sleepers = sleepers;
    this.settings = settings;
    this.free = new Semaphore(settings.most());
  }

  /** Who tells of a job to this writer. */
  public interface Tellers {
    /** The teller for one client. */
    Teller of(JobId job, EventWriter out) throws IOException;
  }

  /**
   * Takes a seat for a stream about a job; throws the problem if there is none.
   *
   * @param job found, or accepted, once it is sure that there is room
   */
  public Seat take(Supplier<JobId> job) {
    takeSeat();
    try {
      return new Seat(job.get());
    } catch (RuntimeException | Error e) {
      free.release();
      throw e;
    }
  }

  /**
   * A stream about a job that has its room, and has not begun. It knows nothing of how the job was
   * found or accepted: a stream may last for minutes, and a thread keeps what the methods that it
   * is in have at hand.
   */
  public final class Seat {
    private final JobId job;

    private Seat(JobId job) {
      this.job = job;
    }

    /** Streams until the end, and leaves the seat. To be called, and once only. */
    public void tell(Context context, Tellers tellers) {
      try {
        writeHead(context);
        EventStreams.this.tell(context, job, tellers);
      } finally {
        free.release();
      }
    }
  }

  /** Streams what is about no job, a piece at each look; throws the problem if too many do. */
  public void open(Context context, Function<EventWriter, Teller> tellers) {
    takeSeat();
    try {
      writeHead(context);
      tell(context, tellers);
    } finally {
      free.release();
    }
  }

  private void takeSeat() {
    if (!free.tryAcquire()) {
      throw tooMany().asException();
    }
  }

  private static Problem tooMany() {
    return Problem.of(503, "too_many_streams", "too many streams are open; try again soon")
        .retryAfter(FULL_FOR_SECONDS);
  }

  /** Says that events follow. */
  public static void writeHead(Context context) {
    var response = context.res();
    // Jetty would carry a charset over, and this type has none.
    response.setContentType(null);
    response.setContentType(MEDIA_TYPE);
    // nginx passes each event on at once.
    response.setHeader("X-Accel-Buffering", "no");
    // The listener may drop what would be the connection's next request, and cannot say so later.
    response.setHeader("Connection", "close");
  }

  private void tell(Context context, JobId job, Tellers tellers) {
    try (var wakeup = Wakeup.of(sleepers, job)) {
      var out = new EventWriter(context.res().getOutputStream());
      tell(tellers.of(job, out), out, wakeup::await, Listener.of(context));
    } catch (IOException e) {
      goneBefore(context, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Context context, Function<EventWriter, Teller> tellers) {
    try {
      var out = new EventWriter(context.res().getOutputStream());
      tell(tellers.apply(out), out, Thread::sleep, Listener.of(context));
    } catch (IOException e) {
      goneBefore(context, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How a stream waits for more. */
  @FunctionalInterface
  private interface Rest {
    void atMost(Duration time) throws InterruptedException;
  }

  private static void goneBefore(Context context, IOException e) {
    // The client has hung up, and there is nobody else to tell.
    log.tellWhy(e, LogEvent.STREAM_GONE, context.res().getHeader(RequestIds.HEADER));
  }

  private void tell(Teller teller, EventWriter out, Rest rest, Listener listener)
      throws IOException, InterruptedException {
    for (var next = teller.tell(); next != Next.NOTHING; next = teller.tell()) {
      if (next == Next.LATER) {
        rest.atMost(settings.look());
      }
      if (listener.hasHungUp()) {
        return;
      }
      if (!listener.isServed()) {
        teller.breakOff();
        return;
      }
      if (out.silence().compareTo(settings.keepalive()) >= 0) {
        out.keepalive();
      }
    }
  }
}
