package dev.recado.app.client;

/**
 * A batch that a server has.
 *
 * @param id its name
 * @param isReplayed whether it was left before, under the same key
 */
public record LeftBatch(String id, boolean isReplayed) {}
