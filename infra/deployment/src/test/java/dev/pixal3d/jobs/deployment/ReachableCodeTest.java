package dev.pixal3d.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pixal3d.jobs.poller.PollerHandler;
import dev.pixal3d.jobs.submit.SubmitHandler;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachableCodeTest {
  @Test
  void calls_are_found_behind_interfaces_in_lambdas_and_in_transactions_and_no_others() {
    assertThat(AwsActions.of(ReachableCode.of(ForgetfulHandler.class.getName())))
        .containsExactly("dynamodb:ConditionCheckItem", "dynamodb:DeleteItem");
  }

  @Test
  void a_submit_saves_a_job_and_sends_it_on() {
    assertThat(AwsActions.of(ReachableCode.of(SubmitHandler.class.getName())))
        .containsAll(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "sqs:SendMessage"));
  }

  @Test
  void the_poller_reads_the_index_of_what_is_due() {
    assertThat(ReachableCode.of(PollerHandler.class.getName()).calls())
        .filteredOn(call -> call.to().name().equals("indexName"))
        .extracting(ReachableCode.Call::text)
        .containsExactly("due");
  }

  @Test
  void a_handler_that_is_not_there_is_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReachableCode.of("dev.pixal3d.jobs.Nobody"))
        .withMessageContaining("dev.pixal3d.jobs.Nobody is not on the class path");
  }
}
