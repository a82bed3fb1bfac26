package dev.recado.worker.model;

/** The frames of a stream that says " Hello". */
final class HelloStream {
  static final String HELLO =
      """
      data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

      data: {"choices":[{"index":0,"delta":{"content":" Hel"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"lo"}}]}

      """;
  static final String STOP =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  static final String DONE = "data: [DONE]\n\n";

  private HelloStream() {}
}
