package dev.recado.bench.load;

/** A whole answer. */
public record Response(int status, String body) {}
