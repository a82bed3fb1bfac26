package dev.recado.job;

/**
 * One life of one worker process. A worker that lost its lease comes back under a new id.
 *
 * @param value host name, process id and a random tail
 */
public record WorkerId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
