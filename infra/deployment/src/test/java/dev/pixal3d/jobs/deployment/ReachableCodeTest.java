package dev.pixal3d.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pixal3d.jobs.poller.PollerHandler;
import dev.pixal3d.jobs.submit.SubmitHandler;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachableCodeTest {
  @Test
  void callsAreFoundBehindInterfacesInLambdasAndInTransactionsAndNoOthers() {
    assertThat(AwsActions.of(ReachableCode.of(ForgetfulHandler.class.getName())))
        .containsExactly("dynamodb:ConditionCheckItem", "dynamodb:DeleteItem");
  }

  @Test
  void aSubmitSavesAJobAndSendsItOn() {
    assertThat(AwsActions.of(ReachableCode.of(SubmitHandler.class.getName())))
        .containsAll(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "sqs:SendMessage"));
  }

  @Test
  void thePollerReadsTheIndexOfWhatIsDue() {
    assertThat(ReachableCode.of(PollerHandler.class.getName()).calls())
        .filteredOn(call -> call.to().name().equals("indexName"))
        .extracting(ReachableCode.Call::text)
        .containsExactly("due");
  }

  @Test
  void aHandlerThatIsNotThereIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReachableCode.of("dev.pixal3d.jobs.Nobody"))
        .withMessageContaining("dev.pixal3d.jobs.Nobody is not on the class path");
  }
}
