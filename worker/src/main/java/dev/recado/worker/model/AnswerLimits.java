package dev.recado.worker.model;

/**
 * How much of an answer to take, so that no server can fill the worker's memory. All are counted
 * after decompression.
 *
 * @param streamBytes all of a stream; frames weigh a few hundred bytes for each token
 * @param documentBytes an answer sent as one JSON document, or one frame of a stream
 * @param textLength text, reasoning and tool calls together, in characters
 * @param errorBytes the body of an error; the rest of it is not read
 */
public record AnswerLimits(long streamBytes, int documentBytes, int textLength, int errorBytes) {
  /** 64 MiB of stream, 8 MiB of document, four million characters of text, 64 KiB of error. */
  public static final AnswerLimits USUAL =
      new AnswerLimits(64L << 20, 8 << 20, 4_000_000, 64 << 10);
}
