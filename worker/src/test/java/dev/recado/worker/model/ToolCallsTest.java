package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private static String numbered(int index, String call) {
    return frame(
        "{'tool_calls':[%s]}".formatted(call.replace("'index':0", "'index':" + index)), "null");
  }

  /** SGLang: the name has the number of its tool, the arguments that of the call (sglang#6310). */
  @ParameterizedTest
  @CsvSource({"0,0", "0,1", "0,2", "1,0", "1,1", "1,2", "2,0", "2,1"})
  void arguments_may_be_numbered_otherwise_than_their_names(int add, int sub) {
    provider.streams(
        numbered(add, call("a", "add", ""))
            + numbered(0, call("", "", "{"))
            + numbered(0, call("", "", "}"))
            + numbered(sub, call("b", "sub", ""))
            + numbered(1, call("", "", "["))
            + numbered(1, call("", "", "]"))
            + frame("{}", "'tool_calls'"));

    isAddAndSub();
  }

  @Test
  void arguments_without_a_number_belong_to_the_name_before_them() {
    provider.streams(
        numbered(1, call("a", "add", ""))
            + frame("{'tool_calls':[{'function':{'arguments':'{}'}}]}", "null")
            + numbered(2, call("b", "sub", ""))
            + frame("{'tool_calls':[{'function':{'arguments':'[]'}}]}", "'tool_calls'"));

    isAddAndSub();
  }

  @Test
  void names_without_numbers_count_from_zero() {
    var names = call("a", "add", "") + "," + call("b", "sub", "");
    provider.streams(
        frame("{'tool_calls':[%s]}".formatted(names.replace("'index':0,", "")), "null")
            + numbered(0, call("", "", "{}"))
            + numbered(1, call("", "", "[]"))
            + frame("{}", "'tool_calls'"));

    isAddAndSub();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a"})
  void arguments_for_a_tool_that_is_not_named_make_no_sense(String id) {
    provider.streams(
        frame("{'content':'Let me see.'}", "null")
            + numbered(0, call(id, "", "{}"))
            + numbered(1, call("b", "sub", "[]"))
            + frame("{}", "'tool_calls'"));

    var refused = provider.askAndBeRefused();
    assertThat(refused.error().message()).endsWith("arguments for a tool that it does not name");
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_BAD_RESPONSE);
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY_ONCE);
  }

  private static final String SIGNED =
      "{'id':'a','type':'function',"
          + "'function':{'name':'add','arguments':'{}','provider_specific_fields':{'n':[1,null]}},"
          + "'extra_content':{'google':{'thought_signature':'s1'}}}";

  private void isSigned() {
    assertThat(provider.askAndComplete().result().toolCallsJson())
        .isEqualTo("[" + SIGNED.replace('\'', '"') + "]");
  }

  @Test
  void what_a_server_adds_to_a_call_is_kept_as_it_came() {
    provider.answersJson(document(Stream.of(SIGNED)));

    isSigned();
  }

  @Test
  void what_a_server_adds_to_the_pieces_of_a_call_is_kept_as_it_came_first() {
    var first = SIGNED.replace("'{}'", "'{'").replace("{'id'", "{'index':0,'id'");
    var second =
        "{'index':0,'function':{'arguments':'}','provider_specific_fields':{}},"
            + "'extra_content':{'google':{'thought_signature':'s2'}}}";
    provider.streams(
        frame("{'tool_calls':[" + first + "]}", "null")
            + frame("{'tool_calls':[" + second + "]}", "'tool_calls'"));

    isSigned();
  }

  @Test
  void what_a_server_adds_may_come_late_and_null_is_nothing() {
    var first =
        "{'index':0,'id':'a','extra_content':null,"
            + "'function':{'name':'add','arguments':'{','provider_specific_fields':null}}";
    var last = SIGNED.replace("'{}'", "'}'").replace("{'id'", "{'index':0,'id'");
    provider.streams(
        frame("{'tool_calls':[" + first + "]}", "null")
            + frame("{'tool_calls':[" + last + "]}", "'tool_calls'"));

    isSigned();
  }

  @Test
  void half_a_character_in_what_a_server_adds_is_replaced() {
    provider.answersJson(document(Stream.of(SIGNED.replace("s1", "\\ud83d"))));

    assertThat(provider.askAndComplete().result().toolCallsJson())
        .isEqualTo("[" + SIGNED.replace("s1", "\uFFFD").replace('\'', '"') + "]");
  }

  @Test
  void what_a_server_adds_without_end_is_given_up() {
    var limits = new AnswerLimits(1 << 20, 1 << 20, 10_000, 1_000);
    var calls =
        IntStream.range(0, 100)
            .mapToObj(i -> SIGNED.replace("extra_content", "x" + i).replace("s1", "s".repeat(100)));
    provider.limitedTo(limits).answersJson(document(calls));

    assertThat(provider.askAndBeRefused().error().message()).contains("more than 10000");
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
