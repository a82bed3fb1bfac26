package dev.recado.e2e.trace;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A span as a collector sees it. */
record SeenSpan(Resource resource, Span span) {
  /** The first of this kind. */
  static SeenSpan of(Span.SpanKind kind, List<SeenSpan> spans) {
    return spans.stream().filter(span -> span.kind() == kind).findFirst().orElseThrow();
  }

  String name() {
    return span.getName();
  }

  Span.SpanKind kind() {
    return span.getKind();
  }

  String traceId() {
    return hex(span.getTraceId().toByteArray());
  }

  String id() {
    return hex(span.getSpanId().toByteArray());
  }

  String parent() {
    return hex(span.getParentSpanId().toByteArray());
  }

  /** The trace and the span that it is linked to; empty if it is to none. */
  String linked() {
    return span.getLinksList().stream()
        .map(link ->
            hex(link.getTraceId().toByteArray()) + "-" + hex(link.getSpanId().toByteArray()))
        .collect(Collectors.joining(" "));
  }

  String service() {
    return values(resource.getAttributesList()).getOrDefault("service.name", "");
  }

  Map<String, String> attributes() {
    return values(span.getAttributesList());
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  private static Map<String, String> values(List<KeyValue> pairs) {
    var values = new TreeMap<String, String>();
    pairs.forEach(pair -> values.put(pair.getKey(), text(pair.getValue())));
    return values;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(SeenSpan::text).toList().toString();
      default -> value.toString();
    };
  }
}
