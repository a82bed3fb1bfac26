package dev.recado.app.client;

import tools.jackson.databind.node.ObjectNode;

/** What the server says of a job's result. */
public sealed interface Outcome {

  /** The server's own words. */
  ObjectNode body();

  /** It waits or runs. */
  record Pending(ObjectNode body) implements Outcome {
    /** How far it is, for people: {@code queued, place 3}. */
    public String progress() {
      var place = body.path("queue_position").asLong(0);
      return body.path("state").asString("waiting") + (place > 0 ? ", place " + place : "");
    }
  }

  /** There is an answer. */
  record Succeeded(ObjectNode body) implements Outcome {
    /** The answer. */
    public String content() {
      return body.path("result").path("content").asString("");
    }
  }

  /** There is no answer and there will be none. */
  record Failed(ObjectNode body) implements Outcome {
    /** Why, for people. */
    public String reason() {
      return ServerException.reason(body);
    }
  }
}
