package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object with the requests in an array. It is gone through without being kept; each
 * request is then read from its bytes, as strictly as one that comes alone.
 */
final class JsonBatch implements BatchSource {
  private static final String REQUESTS = "requests";
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(Limits.BATCH_BYTES)
                  .maxStringLength(Limits.BODY_BYTES)
                  .maxNameLength(Limits.BODY_BYTES)
                  .maxNestingDepth(Limits.JSON_DEPTH)
                  .maxNumberLength(Limits.JSON_NUMBER_LENGTH)
                  .build())
          .build();

  @Override
  public void find(Upload upload, Finder finder) throws IOException {
    var start = upload.start();
    try (var in = upload.from(start);
        var json = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      new Walk(json, upload, start, finder).all();
    } catch (JacksonException e) {
      throw Problems.invalidJson("the body is not valid JSON" + StrictJson.place(e)).asException();
    }
  }

  private record Walk(JsonParser json, Upload upload, long start, Finder finder) {

    void all() throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Problems.invalidJson("the body is not a JSON object").asException();
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = json.currentName();
        var value = json.nextToken();
        var areRequests = name.equals(REQUESTS) && value == JsonToken.START_ARRAY;
        var goesOn = areRequests ? requests() : finder.field(name, value());
        if (!goesOn) {
          return;
        }
      }
      if (json.nextToken() != null) {
        throw Problems.invalidJson("the body goes on after its end").asException();
      }
    }

    private boolean requests() throws IOException {
      if (!finder.field(REQUESTS, new byte[0])) {
        return false;
      }
      for (var index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
        var place = Place.element(index);
        var from = json.currentTokenLocation().getByteOffset();
        var length = skip(from);
        var goesOn =
            length > Limits.BODY_BYTES
                ? finder.tooLong(place)
                : finder.request(place, upload.part(start + from, (int) length));
        if (!goesOn) {
          return false;
        }
      }
      return true;
    }

    private byte[] value() throws IOException {
      var from = json.currentTokenLocation().getByteOffset();
      var length = skip(from);
      if (length > Limits.BODY_BYTES) {
        throw Problems.invalidJson("a field of the batch is too long").asException();
      }
      return upload.part(start + from, (int) length);
    }

    /** Goes to the end of the value that has begun; returns its length. */
    private long skip(long from) {
      json.skipChildren();
      json.finishToken();
      return json.currentLocation().getByteOffset() - from;
    }
  }
}
