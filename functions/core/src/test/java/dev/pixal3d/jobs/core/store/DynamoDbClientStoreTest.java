package dev.pixal3d.jobs.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DynamoDbClientStoreTest extends ClientStoreContract {
  private final ClientStore store =
      new DynamoDbClientStore(SharedAws.aws().dynamoDb(), SharedAws.aws().tableName());

  @Override
  ClientStore store() {
    return store;
  }

  @Test
  void keeps_only_the_hash_of_a_key() {
    store.putKey("the-very-key", "acme");

    String everything =
        SharedAws.aws()
            .dynamoDb()
            .scan(scan -> scan.tableName(SharedAws.aws().tableName()))
            .toString();

    assertThat(everything).doesNotContain("the-very-key").contains(Sha256.hex("the-very-key"));
  }
}
