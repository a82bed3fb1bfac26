package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelAnswer.Remedy;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of tools, in the ways in which servers cut and count them. */
class ToolCallsTest {
  private static final String ADD_AND_SUB =
      "[{'id':'a','type':'function','function':{'name':'add','arguments':'{}'}},"
          + "{'id':'b','type':'function','function':{'name':'sub','arguments':'[]'}}]";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private void isAddAndSub() {
    assertThat(provider.askAndComplete().result().toolCallsJson())
        .isEqualTo(ADD_AND_SUB.replace('\'', '"'));
  }

  private static String frame(String turn, String finishReason) {
    var choice = "{'index':0,'delta':%s,'finish_reason':%s}".formatted(turn, finishReason);
    return "data: {'choices':[%s]}\n\n".formatted(choice).replace('\'', '"');
  }

  private static String call(String id, String name, String arguments) {
    return "{'index':0,'id':'%s','function':{'name':'%s','arguments':'%s'}}"
        .formatted(id, name, arguments);
  }

  @Test
  void several_calls_that_are_all_numbered_zero_in_one_frame() {
    var calls = call("a", "add", "{}") + "," + call("b", "sub", "[]");
    provider.streams(frame("{'tool_calls':[" + calls + "]}", "'tool_calls'"));

    isAddAndSub();
  }

  @Test
  void several_calls_that_are_all_numbered_zero_in_pieces() {
    provider.streams(
        frame("{'tool_calls':[" + call("a", "add", "{") + "]}", "null")
            + frame("{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}", "null")
            + frame("{'tool_calls':[" + call("b", "sub", "[") + "]}", "null")
            + frame("{'tool_calls':[{'index':0,'function':{'arguments':']'}}]}", "'tool_calls'"));

    isAddAndSub();
  }

  @Test
  void a_whole_message_at_the_end_repeats_no_call() {
    var calls = call("a", "add", "{}") + "," + call("b", "sub", "[]");
    provider.streams(
        frame("{'tool_calls':[" + calls + "]}", "null")
            + "data: {'choices':[{'message':{'content':null,'tool_calls':%s},'finish_reason':'tool_calls'}]}\n\n"
                .formatted(ADD_AND_SUB)
                .replace('\'', '"'));

    isAddAndSub();
  }

  @Test
  void an_id_that_is_empty_does_not_undo_the_one_before() {
    provider.streams(
        frame("{'tool_calls':[" + call("a", "add", "{") + "]}", "null")
            + frame("{'tool_calls':[" + call("", "", "}") + "]}", "null")
            + frame(
                "{'tool_calls':[" + call("b", "sub", "[").replace("'index':0", "'index':1") + "]}",
                "null")
            + frame(
                "{'tool_calls':[" + call("", "", "]").replace("'index':0", "'index':1") + "]}",
                "'tool_calls'"));

    isAddAndSub();
  }

  private static String document(Stream<String> calls) {
    return "{'choices':[{'message':{'tool_calls':[%s]},'finish_reason':'tool_calls'}]}"
        .formatted(calls.collect(Collectors.joining(",")))
        .replace('\'', '"');
  }

  @Test
  void a_thousand_calls_are_an_answer() {
    provider.answersJson(
        document(
            IntStream.range(0, 1_000)
                .mapToObj(i -> "{'id':'c%d','function':{'name':'f'}}".formatted(i))));

    assertThat(provider.askAndComplete().result().toolCallsJson()).contains("\"c0\"", "\"c999\"");
  }

  /** To look for each among all the others would take minutes. */
  @ParameterizedTest
  @ValueSource(strings = {"{'id':'%d','function':{'name':'f'}}", "{'id':'%d'}", "{'index':%d}"})
  @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
  void more_calls_than_anybody_makes_are_given_up(String call) {
    provider.answersJson(document(IntStream.range(0, 50_000).mapToObj(call::formatted)));

    var refused = provider.askAndBeRefused();
    assertThat(refused.error().message()).contains("more than 1000 tool calls");
    assertThat(refused.remedy()).isEqualTo(Remedy.NONE);
  }

  @Test
  @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
  void calls_that_come_one_by_one_are_counted_together() {
    provider.streams(
        IntStream.range(0, 50_000)
            .mapToObj(i -> frame("{'tool_calls':[{'id':'%d'}]}".formatted(i), "null"))
            .collect(Collectors.joining()));

    assertThat(provider.askAndBeRefused().error().message()).contains("more than 1000 tool calls");
  }
}
