package dev.recado.worker.model;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/**
 * Ends a body that goes on for too long. It stands behind decompression, so bombs count in full.
 */
final class CappedSource extends ForwardingSource {
  private final long cap;
  private long taken;

  CappedSource(Source body, long cap) {
    super(body);
    this.cap = cap;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    var read = super.read(sink, byteCount);
    taken += Math.max(read, 0);
    if (taken > cap) {
      throw new AnswerTooLargeException("more than " + cap + " bytes");
    }
    return read;
  }
}
