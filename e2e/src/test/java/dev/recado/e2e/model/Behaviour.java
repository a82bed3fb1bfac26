package dev.recado.e2e.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one call does, read from the request's model name: a query string after {@code fake?}, such
 * as {@code fake?latency=2000&tokens=5}.
 *
 * <ul>
 *   <li>{@code latency=MS}: time before the first byte
 *   <li>{@code tokens=N}: length of the answer, 8 if not given; {@code text=…} the answer itself;
 *       {@code repeat=1} the prompt is the answer; {@code count=1} how often this prompt has been
 *       asked is the answer; {@code stamp=1} each token is when it is sent, by {@code nanoTime}
 *   <li>{@code tps=N}: tokens a second when streaming, else all at once
 *   <li>{@code status=CODE}: this error instead; {@code times=N} only for a prompt's first N calls;
 *       {@code retry_after=S} its Retry-After; {@code quote=1} it repeats the request, key and all
 *   <li>{@code stall=1}: accepts and sends nothing, for so many {@code times}; {@code cut=N} closes
 *       the socket after N tokens
 *   <li>{@code usage=0}: leaves out the usage
 * </ul>
 */
record Behaviour(Map<String, String> options) {
  static Behaviour of(String model) {
    var options = new HashMap<String, String>();
    var query = model.indexOf('?') < 0 ? "" : model.substring(model.indexOf('?') + 1);
    for (var option : query.split("&", -1)) {
      var equals = option.indexOf('=');
      if (equals > 0) {
        options.put(option.substring(0, equals), decode(option.substring(equals + 1)));
      }
    }
    return new Behaviour(Map.copyOf(options));
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  Duration latency() {
    return Duration.ofMillis(number("latency", 0));
  }

  Duration gap() {
    var perSecond = number("tps", 0);
    return perSecond == 0 ? Duration.ZERO : Duration.ofMillis(1000 / perSecond);
  }

  /** Whether a prompt's n-th call gets no answer at all. */
  boolean stalls(int call) {
    return options.containsKey("stall") && isMeant(call);
  }

  /** What a stream says as its next token. */
  String spoken(String token) {
    return options.containsKey("stamp") ? " " + System.nanoTime() : token;
  }

  boolean reportsUsage() {
    return number("usage", 1) != 0;
  }

  /** The tokens after which the socket is closed; never, by default. */
  int cut() {
    return number("cut", Integer.MAX_VALUE);
  }

  /** The error that a prompt's n-th call gets, or 200. */
  int status(int call) {
    return isMeant(call) ? number("status", 200) : 200;
  }

  private boolean isMeant(int call) {
    return call <= number("times", Integer.MAX_VALUE);
  }

  @Nullable String retryAfter() {
    return options.get("retry_after");
  }

  /** What an error says. */
  String complaint(String request) {
    return options.containsKey("quote") ? "cannot do " + request : "told to fail";
  }

  /** The answer, cut into tokens. */
  String[] tokens(String prompt, int call) {
    if (options.containsKey("repeat")) {
      return split(prompt);
    }
    if (options.containsKey("count")) {
      return split("call " + call);
    }
    var text = options.get("text");
    return text != null ? split(text) : split(words(number("tokens", 8)));
  }

  private static String words(int count) {
    return IntStream.range(0, count).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
  }

  private static String[] split(String text) {
    return text.split("(?= )", -1);
  }

  private int number(String option, int otherwise) {
    var value = options.get(option);
    return value == null ? otherwise : Integer.parseInt(value);
  }
}
